import type { BrowserWindow } from 'electron';
import { SAVE_TO_CLOSE } from '../src/desktopCalls.ts';
import type { Language } from '../src/text.ts';
import type { Page } from './page.ts';
import { ask } from './question.ts';
import { texts } from './texts.ts';

/** Closing of a window with unsaved work. */
export interface Closing {
  askUnsaved(): Promise<'save' | 'discard' | 'cancel'>;
  /** Asks about unsaved work, and saves the work if the user chooses that. True if the window may close. */
  mayClose(): Promise<boolean>;
  /** Answer of the page to the command to save; false, too, if the page is gone. */
  saved(saved: boolean): void;
  /** Closes the window without a question. */
  close(): void;
  /** Closes the window without a question, and keeps its unsaved work for the next start. */
  closeAndKeep(): void;
  /** True if the user chose not to save. */
  isDiscarded(): boolean;
}

interface Closable {
  readonly window: BrowserWindow;
  readonly page: Page;
  language(): Language;
  /** Name of the window's network. */
  name(): string;
  isUnsaved(): boolean;
  /** Brings the window to the front. */
  show(): void;
}

export function closingOf({ window, page, language, name, isUnsaved, show }: Closable): Closing {
  let closing = false;
  let discarded = false;
  let whenSaved: ((saved: boolean) => void) | null = null;

  async function askUnsaved(): Promise<'save' | 'discard' | 'cancel'> {
    const words = texts[language()];
    const response = await ask(window, {
      type: 'warning',
      message: words.unsavedQuestion(name()),
      detail: words.unsavedDetail,
      buttons: [words.save, words.discard, words.cancel],
    });
    return (['save', 'discard', 'cancel'] as const)[response] ?? 'cancel';
  }

  /** An unresponsive page cannot save. The window may close without, and its work stays kept. */
  async function askHung(): Promise<boolean> {
    const words = texts[language()];
    const response = await ask(window, {
      type: 'warning',
      message: words.hungClose(name()),
      detail: words.hungCloseDetail,
      buttons: [words.closeAndKeep, words.cancel],
    });
    return response === 0;
  }

  /** The page has the document, so the page saves. True if the window may close. */
  async function saveByPage(): Promise<boolean> {
    const saved = new Promise<boolean>((resolve) => {
      whenSaved = resolve;
    });
    page.sendWhenReady(SAVE_TO_CLOSE);
    const answer = page.responds().then((does) => (does ? saved : window.isDestroyed() || askHung()));
    const may = await Promise.race([saved, answer]);
    whenSaved = null;
    return may;
  }

  async function mayClose(): Promise<boolean> {
    discarded = false;
    if (!isUnsaved()) return true;
    show();
    const answer = await askUnsaved();
    discarded = answer === 'discard';
    return answer === 'save' ? saveByPage() : discarded;
  }

  function close(): void {
    closing = true;
    if (!window.isDestroyed()) window.close();
  }

  window.on('close', (event) => {
    if (closing || !isUnsaved()) return;
    event.preventDefault();
    mayClose().then((may) => may && close(), console.error);
  });

  return {
    askUnsaved,
    mayClose,
    saved: (saved) => whenSaved?.(saved),
    close,
    closeAndKeep() {
      // An earlier "Don't save" did not close the window, and no longer counts.
      discarded = false;
      close();
    },
    isDiscarded: () => discarded,
  };
}
