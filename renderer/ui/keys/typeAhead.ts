import { isTyping } from './typing.ts';

/** How long keys are kept for a field that does not come, in milliseconds. */
const WAIT = 1000;

/** Presses a key in a field. The page's own key events have no default action, so that follows here. */
function press(field: HTMLElement, key: string): void {
  if (!field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))) return;
  if (key === 'Enter' && field instanceof HTMLInputElement) field.form?.requestSubmit();
  if (key.length === 1) document.execCommand('insertText', false, key);
  else if (key === 'Backspace') document.execCommand('delete');
}

let waiting: AbortController | null = null;

/**
 * To be called by whatever opens a field to type into: keys that are pressed before the field has the focus are kept and
 * pressed there, in their order. A popup takes its frames to open, and until then keys would be commands.
 */
export function awaitField(): void {
  waiting?.abort();
  const wait = new AbortController();
  waiting = wait;
  const keys: string[] = [];
  const options = { signal: wait.signal, capture: true };
  setTimeout(() => wait.abort(), WAIT);
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
      // Whoever gave it the focus may still select what is in it.
      queueMicrotask(() => {
        for (const key of keys) press(target, key);
      });
    },
    options,
  );
}

/** Goes to a field with all that is in it selected; one that is only being opened is there in the next frame. */
export function selectSoon(selector: string): void {
  const field = (): HTMLInputElement | null => document.querySelector<HTMLInputElement>(selector);
  if (document.activeElement !== field() || field() === null) awaitField();
  requestAnimationFrame(() => field()?.select());
}
