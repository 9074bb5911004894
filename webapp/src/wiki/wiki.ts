import { upload, UploadRefused } from './plugin-upload';
import { browserTabs, DeviceJournal } from '../journal';
import { offerKeptText } from './kept-text';
import './wiki.css';

/** Milliseconds between two looks at what goes on. */
const LOOK_EVERY = 1_500;

/** Milliseconds between two silent renewals of the session, below the 15 minutes of a token. */
const RENEW_EVERY = 10 * 60 * 1000;

/** The value of a cookie that scripts may read. */
function cookie(name: string): string | null {
  const entry = document.cookie.split('; ').find((part) => part.startsWith(`${name}=`));
  return entry === undefined ? null : decodeURIComponent(entry.slice(name.length + 1));
}

/** Shows times in the reader's own time zone and language. */
function localTimes(within: ParentNode = document): void {
  const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  for (const time of within.querySelectorAll<HTMLTimeElement>('time[datetime]')) {
    const at = new Date(time.dateTime);
    if (!Number.isNaN(at.getTime())) {
      time.title = time.textContent ?? '';
      time.textContent = format.format(at);
    }
  }
}

/** Gives each user's dot the colour of their caret. */
function userColors(): void {
  for (const dot of document.querySelectorAll<HTMLElement>('.user-dot[data-color]')) {
    dot.style.background = dot.dataset['color'] ?? '';
  }
}

/** A menu closes on Escape and on a click elsewhere. */
function menus(): void {
  const open = (): NodeListOf<HTMLDetailsElement> => document.querySelectorAll('details.menu[open]');
  document.addEventListener('click', (event) => {
    for (const menu of open()) {
      if (!menu.contains(event.target as Node)) menu.open = false;
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector('summary')?.focus();
    }
  });
}

/** Warns before a text that was changed is left without saving. */
function unsavedText(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('.screen-markdown form.form')) {
    const area = form.querySelector('textarea');
    if (area === null) continue;
    let sending = false;
    form.addEventListener('submit', () => (sending = true));
    window.addEventListener('beforeunload', (event) => {
      if (!sending && area.value !== area.defaultValue) event.preventDefault();
    });
  }
}

/** Keeps a signed-in reader signed in while the page is open. */
function renewSession(): void {
  const csrf = cookie('csrf');
  if (csrf === null) return;
  window.setInterval(() => {
    void fetch('/api/auth/refresh', {
      method: 'POST',
      headers: { 'X-CSRF-Token': cookie('csrf') ?? csrf },
    }).catch(() => undefined);
  }, RENEW_EVERY);
}

/**
 * Puts the server's newest version of a part of this page in its place, where it differs. A button in it that had
 * the focus has it again.
 */
function renew(part: HTMLElement, shown: Map<string, string>, page: Document): void {
  const fresh = page.getElementById(part.id);
  if (fresh === null || shown.get(part.id) === fresh.outerHTML) return;
  shown.set(part.id, fresh.outerHTML);
  const focused = part.contains(document.activeElement) ? document.activeElement?.id : undefined;
  const adopted = document.importNode(fresh, true);
  localTimes(adopted);
  part.replaceWith(adopted);
  if (focused) document.getElementById(focused)?.focus();
}

/** Shows how what goes on in the background gets on, and how it ends: such a part names the page to ask. */
function lookOn(): void {
  const shown = new Map<string, string>();
  const parts = (): NodeListOf<HTMLElement> => document.querySelectorAll('[data-live]');
  const look = async (address: string): Promise<void> => {
    const answer = await fetch(address, { headers: { Accept: 'text/html' } });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const part of parts()) renew(part, shown, page);
  };
  const lookAgain = (): void => {
    const address = parts()[0]?.dataset['live'];
    if (address === undefined) return;
    window.setTimeout(() => void look(address).catch(() => undefined).finally(lookAgain), LOOK_EVERY);
  };
  lookAgain();
}

/** Uploads the archive that an admin chose, and shows the plugin's page or why it was refused. */
function pluginUpload(): void {
  const form = document.querySelector<HTMLFormElement>('#plugin-upload');
  const input = form?.querySelector<HTMLInputElement>('input[type=file]');
  const button = form?.querySelector('button');
  const state = document.querySelector<HTMLElement>('#upload-state');
  const bar = state?.querySelector('progress');
  const words = state?.querySelector('span');
  if (!form || !input || !button || !state || !bar || !words) return;
  const show = (done: number | null, sentence: string): void => {
    state.hidden = false;
    state.className = done === null ? 'notice notice-problem' : 'notice';
    bar.hidden = done === null;
    bar.value = done ?? 0;
    words.textContent = sentence;
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const file = input.files?.[0];
    if (file === undefined) return;
    button.disabled = true;
    upload(file, {
      send: (method, path, body, type) =>
        fetch(path, {
          method,
          body: body ?? null,
          headers: { 'X-CSRF-Token': cookie('csrf') ?? '', ...(type === undefined ? {} : { 'Content-Type': type }) },
        }),
      wait: (milliseconds) => new Promise((resolve) => window.setTimeout(resolve, milliseconds)),
      progress: show,
    })
      .then(({ plugin, notice }) => {
        const address = `/admin/plugins/${plugin}`;
        if (notice === '') {
          window.location.assign(address);
          return;
        }
        button.disabled = false;
        show(1, notice);
        bar.hidden = true;
        words.append(' ', Object.assign(document.createElement('a'), { href: address, textContent: 'Its page' }));
      })
      .catch((failure: unknown) => {
        button.disabled = false;
        show(null, failure instanceof UploadRefused ? failure.message : 'The upload failed: try again.');
      });
  });
}

localTimes();
userColors();
menus();
unsavedText();
renewSession();
lookOn();
pluginUpload();
offerKeptText(new DeviceJournal(), browserTabs).catch(() => undefined);
