
/** What the user is told of a plugin that failed. */
export interface FaultNotice {
  readonly plugin: string;
  /** What failed and why, in a sentence. */
  readonly text: string;
  /** Whether the module as a whole is missing, which another attempt may mend. */
  readonly isMissing: boolean;
}

/** A contribution of a plugin, as it is named to the user: `the command “insert”`. */
export interface Part {
  readonly plugin: string;
  readonly what: string;
}

/** So many errors of one contribution, and it is left alone until the page is loaded again. */
const MOST = 3;

/**
 * Runs what plugins bring, and keeps their errors away from the editor. A store to subscribe to.
 * The first error of a contribution makes a notice, the third one switches it off.
 */
export class Faults {
  private readonly counts = new Map<string, number>();
  private readonly listeners = new Set<() => void>();
  private notices: readonly FaultNotice[] = [];
  private isTelling = false;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The notices to show; the same list as long as nothing changes. */
  readonly getSnapshot = (): readonly FaultNotice[] => this.notices;

  /** A plugin's module is not there. */
  missing(plugin: string, reason: string): void {
    this.tell({ plugin, text: `The part of the plugin “${plugin}” for the editor is missing: ${reason}. Everything else works.`, isMissing: true });
  }

  /** Whether a contribution is switched off. */
  isOff(part: Part): boolean {
    return (this.counts.get(keyOf(part)) ?? 0) >= MOST;
  }

  /** Runs something of a plugin; `otherwise` when it fails or is switched off. A promise is watched, too. */
  run<T>(part: Part, action: () => T, otherwise: T): T {
    if (this.isOff(part)) return otherwise;
    try {
      const result = action();
      if (result instanceof Promise) result.catch((error: unknown) => this.failed(part, error));
      return result;
    } catch (error) {
      this.failed(part, error);
      return otherwise;
    }
  }

  /** A contribution failed. */
  failed(part: Part, error: unknown): void {
    console.error(`plugin ${part.plugin}, ${part.what}`, error);
    const count = (this.counts.get(keyOf(part)) ?? 0) + 1;
    this.counts.set(keyOf(part), count);
    if (count !== 1 && count !== MOST) return;
    const what = `${part.what[0]?.toUpperCase() ?? ''}${part.what.slice(1)} of the plugin “${part.plugin}”`;
    const text = count === 1 ? `${what} failed: ${reasonOf(error)}.` : `${what} failed again and is switched off until the page is loaded anew.`;
    this.tell({ plugin: part.plugin, text, isMissing: false });
  }

  /** The user has seen a notice. */
  dismiss(notice: FaultNotice): void {
    this.publish(this.notices.filter((other) => other !== notice));
  }

  /** Tells of errors that a plugin's code makes by itself, in an event or later; the result ends that. */
  watch(page: Window, entries: readonly { readonly plugin: string; readonly assets: string }[]): () => void {
    const report = (where: string, error: unknown): void => {
      const entry = entries.find(({ assets }) => where.includes(assets));
      if (entry !== undefined) this.failed({ plugin: entry.plugin, what: 'something' }, error);
    };
    const onError = (event: ErrorEvent): void => report(event.filename || stackOf(event.error), event.error ?? event.message);
    const onRejection = ({ reason }: PromiseRejectionEvent): void => report(stackOf(reason), reason);
    page.addEventListener('error', onError);
    page.addEventListener('unhandledrejection', onRejection);
    return () => {
      page.removeEventListener('error', onError);
      page.removeEventListener('unhandledrejection', onRejection);
    };
  }

  private tell(notice: FaultNotice): void {
    this.publish([...this.notices, notice]);
  }

  /** Listeners hear of it a moment later: what failed may have been asked for while something is drawn. */
  private publish(notices: readonly FaultNotice[]): void {
    this.notices = notices;
    if (this.isTelling) return;
    this.isTelling = true;
    queueMicrotask(() => {
      this.isTelling = false;
      for (const listener of [...this.listeners]) listener();
    });
  }
}

function keyOf({ plugin, what }: Part): string {
  return `${plugin} ${what}`;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? '') : '';
}

/** What an error says, without a full stop. */
export function reasonOf(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return said.trim().replace(/\.$/, '') || 'it did not say why';
}

