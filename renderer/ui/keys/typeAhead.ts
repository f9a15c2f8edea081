import { isTyping } from './typing.ts';

/** Frames in which keys are kept when no field appears: a second, and longer where the window is slow to open one. */
const FRAMES = 60;

/** Presses a key in a field. Synthetic key events have no default action, so it is done here. */
function press(field: HTMLElement, key: string): void {
  if (!field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))) return;
  if (key === 'Enter' && field instanceof HTMLInputElement) field.form?.requestSubmit();
  if (key.length === 1) document.execCommand('insertText', false, key);
  else if (key === 'Backspace') document.execCommand('delete');
}

function countDown(frames: number, wait: AbortController): void {
  if (wait.signal.aborted) return;
  if (frames === 0) wait.abort();
  else requestAnimationFrame(() => countDown(frames - 1, wait));
}

let waiting: AbortController | null = null;

/**
 * Called before a field opens. Keys pressed before the field has the focus are kept and then typed into it in order. A
 * popup needs a few frames to open, and in that time the keys would run commands.
 */
export function awaitField(): void {
  waiting?.abort();
  const wait = new AbortController();
  waiting = wait;
  const keys: string[] = [];
  const options = { signal: wait.signal, capture: true };
  countDown(FRAMES, wait);
  window.addEventListener('pointerdown', () => wait.abort(), options);
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.key !== 'Shift') keys.push(event.key);
    },
    options,
  );
  window.addEventListener(
    'focusin',
    ({ target }) => {
      if (!(target instanceof HTMLElement) || !isTyping(target)) return;
      wait.abort();
      // The code that moved the focus may still select the content.
      queueMicrotask(() => {
        for (const key of keys) press(target, key);
      });
    },
    options,
  );
}

/** Focuses a field and selects its content. A field that is just opening exists in the next frame. */
export function selectSoon(selector: string): void {
  const field = (): HTMLInputElement | null => document.querySelector<HTMLInputElement>(selector);
  if (document.activeElement !== field() || field() === null) awaitField();
  requestAnimationFrame(() => field()?.select());
}
