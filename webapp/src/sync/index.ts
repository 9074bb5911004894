export { openPage, type OpenedPage, type OpenOptions } from './openPage';
export { PageSession } from './PageSession';
export { Offers, type Offer } from './offers';
export type { Phase, SaveState, SessionSnapshot } from './events';
export type { Access, Peer, User } from './frames';
export type { Declined, LivePage } from './live';
export type { Companion } from './company';
export type { Notice, NoticeKind } from './notices';
