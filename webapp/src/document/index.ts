export { CoEditing, type CoEditingOptions } from './CoEditing';
export { documentExtensions, documentSchema } from './schema';
export { isLink } from './formats';
export { lines, type Line, type Piece } from './lines';
export { tree } from './tree';
export { linesOf } from './linesOf';
export { indexAt, posAt } from './positions';
export type { EditorSession, PeerCaret, Place, SessionEditor } from './session-port';
