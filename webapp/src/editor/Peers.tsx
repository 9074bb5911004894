import { Avatar, Tooltip } from '@mantine/core';
import type { Peer } from '../sync';

const SHOWN = 5;

/** The first letters of a name's first two words. */
export function initials(name: string): string {
  return name
    .split(/\s+/u)
    .filter((word) => word !== '')
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}

/** Who else is on the page; one entry for each person, however many windows they have. */
export function Peers({ peers }: { peers: readonly Peer[] }) {
  const people = [...new Map(peers.map((peer) => [peer.user.id, peer.user])).values()];
  if (people.length === 0) {
    return null;
  }
  const more = people.length - SHOWN;
  return (
    <Avatar.Group aria-label={`Also here: ${people.map((person) => person.name).join(', ')}`} role="group">
      {people.slice(0, SHOWN).map((person) => (
        <Tooltip key={person.id} label={person.name}>
          <Avatar size="sm" radius="xl" color={person.color} variant="filled" alt={person.name}>
            {initials(person.name)}
          </Avatar>
        </Tooltip>
      ))}
      {more > 0 && (
        <Avatar size="sm" radius="xl">
          +{more}
        </Avatar>
      )}
    </Avatar.Group>
  );
}
