import { type BrowserWindow, dialog } from 'electron';
import type { Language } from '../src/text.ts';
import { ask } from './question.ts';
import { texts } from './texts.ts';

interface Recovering {
  readonly window: BrowserWindow;
  language(): Language;
  name(): string;
  /** Called when the process of the page has ended: pending questions to it get no answer. */
  gone(): void;
  /** Reloads the page with the work of the failed page. */
  loadAgain(): void;
  /** Reloads the page without a network; the work is offered as unsaved work. */
  loadBlank(): void;
  /** Closes the window. The work is kept for the next start. */
  close(): void;
}

/** A failure within this time (ms) after loading counts as a repeated failure. */
const SOON = 15_000;
/** From this number of failures in a row on, the work may be their cause. */
const BLANK_FROM = 3;
const ASK_FROM = 5;

/** Handles failures of a page: reloads it if its process ends, and asks the user if it does not respond. */
export function recoverPage({ window, language, name, gone, loadAgain, loadBlank, close }: Recovering): void {
  const { webContents } = window;
  let failures = 0;
  /** Time of loading; null while the page is loading. */
  let loadedAt: number | null = null;
  let question: AbortController | null = null;

  function again(): void {
    if (window.isDestroyed()) return;
    if (failures >= ASK_FROM) askToClose().catch(console.error);
    else if (failures >= BLANK_FROM) loadBlank();
    else loadAgain();
  }

  /** The page fails without a network too, so reloading cannot help. */
  async function askToClose(): Promise<void> {
    const words = texts[language()];
    const response = await ask(window, {
      type: 'error',
      message: words.failsQuestion(failures),
      detail: words.failsDetail,
      buttons: [words.loadAgain, words.closeWindow],
    });
    if (window.isDestroyed()) return;
    if (response === 0) loadBlank();
    else close();
  }

  webContents.on('did-finish-load', () => {
    loadedAt = performance.now();
  });

  webContents.on('render-process-gone', (_event, { reason }) => {
    question?.abort();
    gone();
    if (reason === 'clean-exit') return;
    console.error(`The process of the page ended: ${reason}`);
    failures = loadedAt === null || performance.now() - loadedAt < SOON ? failures + 1 : 1;
    loadedAt = null;
    // Delayed, because Electron is still ending the old process.
    setImmediate(again);
  });

  window.on('unresponsive', () => {
    if (question !== null) return;
    const asking = new AbortController();
    question = asking;
    const words = texts[language()];
    dialog
      .showMessageBox(window, {
        type: 'warning',
        message: words.hungQuestion(name()),
        detail: words.hungDetail,
        buttons: [words.wait, words.loadAgain],
        defaultId: 0,
        cancelId: 0,
        noLink: true,
        signal: asking.signal,
      })
      .then(({ response }) => {
        if (response === 1 && !asking.signal.aborted && !window.isDestroyed()) webContents.forcefullyCrashRenderer();
      })
      .catch(console.error)
      .finally(() => {
        question = null;
      });
  });
  window.on('responsive', () => question?.abort());
}
