import type { EditorContext } from '../sdk';
import type { LivePage } from '../sync';
import { bytesOf } from '../sync/text';
import type { Faults, Part } from './faults';

/** The most bytes of a value as JSON, as the server has them. */
const MESSAGE_BYTES = 8_192;
const FIELD_BYTES = 1_024;

/** What a module has of the others on the page. */
export type LiveContext = Pick<EditorContext, 'presence' | 'messages'>;

/** Nobody else is there, and nobody hears. */
export const ALONE: LivePage = {
  say: () => false,
  show: () => undefined,
  people: () => [],
  onHeard: () => () => undefined,
  onShown: () => () => undefined,
  onDeclined: () => () => undefined,
};

/** What the modules of a plugin are given of a page; what fails is told as their error. */
export function liveContext(plugin: string, page: LivePage, faults: Faults): LiveContext {
  const isOwn = (name: string): boolean => name === plugin || name.startsWith(`${plugin}-`);
  const sending = messagePart(plugin);
  return {
    presence: {
      set: (name, value) => {
        const part = fieldPart(plugin, name);
        if (!isOwn(name)) faults.failed(part, new Error(`its name is neither “${plugin}” nor begins with “${plugin}-”`));
        else if (value === null || isJson(value, FIELD_BYTES, part, faults)) page.show(name, value);
      },
      people: () =>
        page.people().map(({ client, user, values }) => ({
          client,
          user,
          values: Object.fromEntries(Object.entries(values).filter(([name]) => isOwn(name))),
        })),
      subscribe: (listener) => page.onShown(() => faults.run({ plugin, what: 'what listens to presence' }, listener, undefined)),
    },
    messages: {
      send: (value) => !faults.isOff(sending) && isJson(value, MESSAGE_BYTES, sending, faults) && page.say(plugin, value),
      subscribe: (listener) =>
        page.onHeard((to, value) => {
          if (to === plugin) faults.run({ plugin, what: 'what listens to messages' }, () => listener(value), undefined);
        }),
    },
  };
}

/** Tells what the server did not take, as an error of the plugin. */
export function tellDeclined(page: LivePage, plugins: readonly string[], faults: Faults): void {
  page.onDeclined(({ subject, message }) => {
    const reason = new Error(message);
    if ('plugin' in subject) return faults.failed(messagePart(subject.plugin), reason);
    const { field } = subject;
    const owners = plugins.filter((plugin) => field === plugin || field.startsWith(`${plugin}-`));
    const owner = owners.reduce((one, other) => (other.length > one.length ? other : one), '');
    if (owner !== '') faults.failed(fieldPart(owner, field), reason);
  });
}

function messagePart(plugin: string): Part {
  return { plugin, what: 'a message to the server' };
}

function fieldPart(plugin: string, name: string): Part {
  return { plugin, what: `the presence field “${name}”` };
}

/** Whether a value can be sent; if not, that is told. */
function isJson(value: unknown, most: number, part: Part, faults: Faults): boolean {
  const fault = jsonFault(value, most);
  if (fault !== null) faults.failed(part, new Error(fault));
  return fault === null;
}

function jsonFault(value: unknown, most: number): string | null {
  let text: string | undefined;
  try {
    text = value === null ? undefined : JSON.stringify(value);
  } catch {
    // It holds itself, for example.
  }
  if (text === undefined) return 'the value is no JSON';
  return bytesOf(text) > most ? `the value has more than ${most} bytes as JSON` : null;
}
