/** The key code of whatever an input method takes for itself. */
const TAKEN = 229;

/**
 * While an input method composes, keys are its own: Enter takes a candidate, Escape gives the composition up. They reach no
 * handler of the page, whichever field they are typed into; the field gets the text itself.
 */
export function guardComposition(): void {
  for (const kind of ['keydown', 'keyup'] as const) {
    window.addEventListener(
      kind,
      (event) => {
        if (!event.isComposing && event.keyCode !== TAKEN) return;
        event.stopImmediatePropagation();
        // A search field would empty itself.
        if (event.key === 'Escape') event.preventDefault();
      },
      true,
    );
  }
}
