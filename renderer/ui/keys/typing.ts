/** True for an editable element, which handles keys and edit commands itself. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]') !==
    null;
