import { isUnsaved, useDocument } from '../stores/stores.ts';

/** Nothing was drawn or opened in the window yet: what is opened from outside may take it. */
export function isBlank(): boolean {
  const { root, fileName } = useDocument.getState();
  return fileName === null && root.nodes.length === 0 && !isUnsaved();
}
