import type Delta from 'quill-delta';
import type { Access, ClientFrame, Peer, ServerFrame, Subject } from './frames';
import type { Notice } from './notices';
import type { Range } from './presence';

/** The timers of a session; each runs at most once at a time. */
export type TimerName = 'connect' | 'retry' | 'silence' | 'voice' | 'pong' | 'resend' | 'cursor' | 'presence' | 'check' | 'settled' | 'look' | 'reload' | 'off';

/** What happens to a session. */
export type SessionEvent =
  | { readonly t: 'start' }
  /** The socket is open. */
  | { readonly t: 'opened' }
  /** The ticket was refused with this HTTP status, 0 when there was no answer; `off` when no plugin serves tickets. */
  | { readonly t: 'refused'; readonly status: number; readonly off?: boolean }
  | { readonly t: 'frame'; readonly frame: ServerFrame }
  /** The socket closed by itself. */
  | { readonly t: 'closed'; readonly code: number }
  | { readonly t: 'timer'; readonly name: TimerName }
  /** The user changed the shown document. */
  | { readonly t: 'edit'; readonly change: Delta }
  | { readonly t: 'select'; readonly place: Range | null }
  /** A plugin's module has a message for its plugin. */
  | { readonly t: 'say'; readonly plugin: string; readonly value: unknown }
  /** A plugin's module shows the others something of this user; null: no more. */
  | { readonly t: 'show'; readonly field: string; readonly value: unknown }
  /** The browser thinks that the network came back, or went. */
  | { readonly t: 'network'; readonly online: boolean }
  /** The user asks to connect again now. */
  | { readonly t: 'retry' }
  | { readonly t: 'dismiss' }
  /** The journal has what it was to keep under this number, or cannot have it. */
  | { readonly t: 'kept'; readonly number: number }
  /** Whether the device keeps what it is told. */
  | { readonly t: 'keeping'; readonly works: boolean }
  /** Whether the wiki serves another front end than this one. */
  | { readonly t: 'front-end'; readonly other: boolean }
  | { readonly t: 'leave' };

/** What a session wants done. */
export type Effect =
  /** Get a ticket and open a socket; with `renew` the sign-in is refreshed first. */
  | { readonly t: 'connect'; readonly renew: boolean }
  | { readonly t: 'send'; readonly frame: ClientFrame }
  /** Close the socket, or stop opening it; nothing of it is to be reported any more. */
  | { readonly t: 'close'; readonly code: number }
  | { readonly t: 'timer'; readonly name: TimerName; readonly ms: number }
  | { readonly t: 'cancel'; readonly name: TimerName }
  /** Keep on the device what is unsaved now, then report `kept`. */
  | { readonly t: 'keep'; readonly number: number }
  /** Look which front end the wiki serves, then report `front-end`. */
  | { readonly t: 'look' }
  /** Load the page anew. */
  | { readonly t: 'reload' }
  /** Show this document. */
  | { readonly t: 'load'; readonly doc: Delta }
  /** The shown document changes, by somebody else. */
  | { readonly t: 'change'; readonly delta: Delta }
  /** A plugin has a message for its modules. */
  | { readonly t: 'heard'; readonly plugin: string; readonly value: unknown }
  /** Who is there, or what they show, changed. */
  | { readonly t: 'shown' }
  /** The server did not take what a module said or showed. */
  | { readonly t: 'declined'; readonly subject: Subject; readonly message: string }
  /** Cursors of others, or this user's access, changed. */
  | { readonly t: 'refresh' };

/** How the connection stands: live, on the way there for the first time, lost for now, or over. */
export type Phase = 'connecting' | 'live' | 'offline' | 'ended';

/** Where the user's text is: on this device only, on its way, or committed to the database. */
export type SaveState = 'device' | 'sent' | 'saved';

/** What a page shows of its session. */
export interface SessionSnapshot {
  readonly phase: Phase;
  /** Whether the document is there. */
  readonly loaded: boolean;
  readonly access: Access | null;
  readonly canEdit: boolean;
  readonly saveState: SaveState;
  /** Whether the device keeps what is not saved, beyond the end of the tab. */
  readonly onDevice: boolean;
  readonly peers: readonly Peer[];
  readonly notice: Notice | null;
  /** When the next attempt to connect is made, in milliseconds since 1970; null when none is planned. */
  readonly nextTryAt: number | null;
}
