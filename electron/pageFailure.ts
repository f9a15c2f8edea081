import { type BrowserWindow, dialog } from 'electron';
import type { Language } from '../src/text.ts';
import { texts } from './texts.ts';

interface Recovering {
  readonly window: BrowserWindow;
  language(): Language;
  name(): string;
  /** The page's process is gone: nobody answers what it was asked. */
  gone(): void;
  /** Loads the page with the work that the one before had. */
  loadAgain(): void;
  /** Loads the page with nothing: the work is offered as lost work. */
  loadBlank(): void;
  /** Closes the window; the work stays kept for the next start. */
  close(): void;
}

/** A page that fails less than this long (ms) after it was loaded repeats the failure before. */
const SOON = 15_000;
/** So many in a row, and it may be the work that makes the page fail. */
const BLANK_FROM = 3;
const ASK_FROM = 5;

/** A page whose process ends is loaded again; of one that does not respond the user decides. */
export function recoverPage({ window, language, name, gone, loadAgain, loadBlank, close }: Recovering): void {
  const { webContents } = window;
  let failures = 0;
  /** Null while it is being loaded. */
  let loadedAt: number | null = null;
  let question: AbortController | null = null;

  function again(): void {
    if (window.isDestroyed()) return;
    if (failures >= ASK_FROM) askToClose().catch(console.error);
    else if (failures >= BLANK_FROM) loadBlank();
    else loadAgain();
  }

  /** It is not the work: nothing that the app can do helps. */
  async function askToClose(): Promise<void> {
    const words = texts[language()];
    const { response } = await dialog.showMessageBox(window, {
      type: 'error',
      message: words.failsQuestion(failures),
      detail: words.failsDetail,
      buttons: [words.loadAgain, words.closeWindow],
      defaultId: 0,
      cancelId: 1,
      noLink: true,
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
    console.error(`The page's process ended: ${reason}`);
    failures = loadedAt === null || performance.now() - loadedAt < SOON ? failures + 1 : 1;
    loadedAt = null;
    // Electron is still taking the old process down.
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
