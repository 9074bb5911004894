import type Delta from 'quill-delta';

/** A range of a document: `length` 0 is a caret. */
export interface Place {
  readonly index: number;
  readonly length: number;
}

/** Where another person's caret or selection stands in the document as it is shown here. */
export interface PeerCaret extends Place {
  readonly client: string;
  readonly name: string;
  readonly color: string;
}

/** What the session tells an editor. Deltas are in the coordinates of everything told so far. */
export interface SessionEditor {
  /** Shows this document instead of what is shown; undo starts anew. */
  load(document: Delta): void;
  /** A change of somebody else. */
  change(delta: Delta): void;
  /** Carets of others or this user's access changed. */
  refresh(): void;
}

/** What an editor needs of a page's session. */
export interface EditorSession {
  /** Connects an editor, which gets the document at once if it is there. The result disconnects it. */
  attach(editor: SessionEditor): () => void;
  /** A change of this user, already shown. */
  edit(change: Delta): void;
  /** This user's selection, or null when there is none. */
  select(place: Place | null): void;
  /** The carets of the others. */
  carets(): readonly PeerCaret[];
  /** Whether this user may edit now. */
  canEdit(): boolean;
}
