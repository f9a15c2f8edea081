/** Key code of all keys that an input method consumes. */
const TAKEN = 229;

/**
 * While an input method composes, it consumes the keys: Enter accepts a candidate, Escape cancels. No handler of the
 * page gets them, in any field; the field gets the composed text.
 */
export function guardComposition(): void {
  for (const kind of ['keydown', 'keyup'] as const) {
    window.addEventListener(
      kind,
      (event) => {
        if (!event.isComposing && event.keyCode !== TAKEN) return;
        event.stopImmediatePropagation();
        // A search field would clear itself.
        if (event.key === 'Escape') event.preventDefault();
      },
      true,
    );
  }
}
