import { keptText, type Journal, type JournalEntry, type Tabs } from '../journal';

/** Under this name the tab remembers what it sent off in a form, until it is known how that ended. */
const SENT = 'tandem:sent-in-form';

/** What the browser must store before a form goes off is given up after this time, in milliseconds. */
const PATIENCE_MS = 1_000;

/** What was sent off in the form of a page. */
interface Sent {
  readonly page: string;
  readonly user: string;
  readonly clients: readonly string[];
}

/**
 * Offers in the wiki's own form what the editor had not saved when it was closed, and forgets it when the form is
 * saved. Does nothing on other pages, or where the browser keeps nothing.
 */
export async function offerKeptText(journal: Journal, tabs: () => Tabs): Promise<void> {
  const form = document.querySelector<HTMLFormElement>('form[data-page][data-user]');
  if (form !== null) return new FormOffers(form, journal, tabs()).show();
  const { page } = document.querySelector<HTMLElement>('article[data-page]')?.dataset ?? {};
  if (page !== undefined) await forgetSaved(journal, page);
}

/** The page is shown right after its form was sent off: that was saved. A form that comes back is a form. */
async function forgetSaved(journal: Journal, page: string): Promise<void> {
  const sent = JSON.parse(sessionStorage.getItem(SENT) ?? 'null') as Sent | null;
  const fromForm = document.referrer !== '' && new URL(document.referrer).pathname === `/pages/${page}/edit`;
  if (sent?.page !== page || !fromForm) return;
  sessionStorage.removeItem(SENT);
  await Promise.all(sent.clients.map((client) => journal.remove({ page, user: sent.user, client })));
}

/** The offers above one form. What is offered here is held, so that no other tab brings it in meanwhile. */
class FormOffers {
  private readonly inserted = new Map<string, JournalEntry>();
  private readonly page: string;
  private readonly user: string;
  private stored = false;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly journal: Journal,
    private readonly tabs: Tabs,
  ) {
    this.page = form.dataset['page'] ?? '';
    this.user = form.dataset['user'] ?? '';
  }

  async show(): Promise<void> {
    const returned = this.form.dataset['returned'] === 'true';
    if (!returned) sessionStorage.removeItem(SENT);
    this.form.addEventListener('submit', (event) => this.submit(event));
    for (const listed of await this.journal.of(this.page, this.user)) {
      const release = await this.tabs.claim(listed.client);
      const entry = release === null ? null : await this.journal.get(listed);
      if (entry === null) release?.();
      else if (returned && entry.inForm) this.inserted.set(entry.client, entry);
      else this.form.before(this.offer(entry));
    }
  }

  private offer(entry: JournalEntry): HTMLElement {
    const box = element('section', 'notice kept');
    box.setAttribute('aria-label', 'Text that is not in the page');
    const title = element('strong', '', 'You have text on this device that is not in the page');
    const lead = element('p');
    lead.append(title);
    const actions = element('div', 'kept-actions');
    actions.append(
      button('Insert into the form', 'button button-primary', () => this.insert(entry, box)),
      ...copyButton(keptText(entry)),
      discardButton(() => void this.discard(entry, box)),
    );
    box.append(lead, element('p', '', whyOf(entry)), element('pre', 'kept-text', keptText(entry)), actions);
    return box;
  }

  private insert(entry: JournalEntry, box: HTMLElement): void {
    const area = this.form.querySelector('textarea');
    if (area === null) return;
    const before = area.value.replace(/\n+$/u, '');
    area.value = [before, asMarkdown(keptText(entry))].filter((part) => part !== '').join('\n\n');
    area.dispatchEvent(new Event('input', { bubbles: true }));
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
    this.inserted.set(entry.client, entry);
    const done = element('p', 'notice', 'The text stands at the end of the form now. It is kept on this device until you save.');
    done.setAttribute('role', 'status');
    box.replaceWith(done);
  }

  private async discard(entry: JournalEntry, box: HTMLElement): Promise<void> {
    await this.journal.remove(entry);
    box.remove();
  }

  /** The device knows that the text goes off here before it does: then no editor enters it by itself. */
  private submit(event: SubmitEvent): void {
    if (this.stored || this.inserted.size === 0) return;
    event.preventDefault();
    const entries = [...this.inserted.values()];
    const sent: Sent = { page: this.page, user: this.user, clients: entries.map(({ client }) => client) };
    sessionStorage.setItem(SENT, JSON.stringify(sent));
    const marked = Promise.allSettled(entries.map((entry) => this.journal.put({ ...entry, inForm: true })));
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    void Promise.race([marked, late]).then(() => {
      this.stored = true;
      this.form.requestSubmit(event.submitter);
    });
  }
}

/** Text as Markdown that means just this text, each line a paragraph; a line of a rule stays one. */
export function asMarkdown(text: string): string {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => (line === '---' ? line : escaped(line)))
    .join('\n\n');
}

function escaped(line: string): string {
  return line
    .replace(/[\\`*_[\]<>~|&]/gu, '\\$&')
    .replace(/^(\s*)([#+=-]|\d+[.)])/u, (_all, blank: string, sign: string) => `${blank}${sign.slice(0, -1)}\\${sign.slice(-1)}`);
}

function whyOf({ inForm, change }: JournalEntry): string {
  if (inForm) return 'You inserted it into this form before: look first whether it is in the page.';
  return change?.flying == null
    ? 'It was typed while editing together, and was not saved any more.'
    : 'It was typed while editing together. Some of it was sent off just before that ended: look first whether it is in the page.';
}

/** Asks before it is done: the second press counts. */
function discardButton(then: () => void): HTMLButtonElement {
  let sure = false;
  const made = button('Discard', 'button button-quiet', () => {
    if (sure) return then();
    sure = true;
    made.textContent = 'Discard it for good';
  });
  return made;
}

/** The clipboard needs a secure context; without one the text can be selected. */
function copyButton(text: string): HTMLButtonElement[] {
  const { clipboard } = navigator as { clipboard?: Clipboard };
  if (clipboard === undefined) return [];
  const made = button('Copy the text', 'button', () => {
    void clipboard.writeText(text).then(() => (made.textContent = 'Copied'));
  });
  return [made];
}

function button(words: string, className: string, then: () => void): HTMLButtonElement {
  const made = element('button', className, words);
  made.type = 'button';
  made.addEventListener('click', then);
  return made;
}

function element<K extends keyof HTMLElementTagNameMap>(name: K, className = '', text = ''): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  if (text !== '') made.textContent = text;
  return made;
}
