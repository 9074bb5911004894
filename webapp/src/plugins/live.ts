import type { EditorContext } from '../sdk';
import type { LivePage } from '../sync';
import { Allowance } from './allowance';
import type { Faults, Part } from './faults';
import { checkedValue } from './value';

/** The most bytes of a value as JSON, as the server has them. */
const MESSAGE_BYTES = 8_192;
const FIELD_BYTES = 1_024;

/** How many messages the server takes of a plugin. */
export const MESSAGES_AT_ONCE = 20;
const MESSAGES_PER_SECOND = 10;

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

/** What the modules of a plugin are given of a page; what fails is told as their error. `now`: milliseconds. */
export function liveContext(plugin: string, page: LivePage, faults: Faults, now = (): number => performance.now()): LiveContext {
  const isOwn = (name: string): boolean => name === plugin || name.startsWith(`${plugin}-`);
  const sending = messagePart(plugin);
  const allowance = new Allowance(MESSAGES_AT_ONCE, MESSAGES_PER_SECOND, now);
  return {
    presence: {
      set: (name, value) => {
        const part = fieldPart(plugin, name);
        if (!isOwn(name)) return faults.failed(part, new Error(`its name is neither “${plugin}” nor begins with “${plugin}-”`));
        const shown = value === null ? { value } : fit(value, FIELD_BYTES, part, faults);
        if (shown !== null) page.show(name, shown.value);
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
      send: (value) => {
        const message = faults.isOff(sending) ? null : fit(value, MESSAGE_BYTES, sending, faults);
        return message !== null && allowance.use(() => page.say(plugin, message.value));
      },
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

/** A value as it can be sent; null for another one, which is told. */
function fit(value: unknown, most: number, part: Part, faults: Faults): { readonly value: unknown } | null {
  const checked = checkedValue(value, most);
  if ('value' in checked) return checked;
  faults.failed(part, new Error(checked.fault));
  return null;
}
