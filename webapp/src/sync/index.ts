export { openPage, PageSession, type OpenOptions } from './PageSession';
export type { Phase, SaveState, SessionSnapshot } from './events';
export type { Access, Peer, User } from './frames';
export type { Notice, NoticeKind } from './notices';
