import { isUnsaved, useDocument } from '../stores/stores.ts';

/** True if nothing has been drawn or opened in the window, so that another network can be opened in it. */
export function isBlank(): boolean {
  const { root, fileName } = useDocument.getState();
  return fileName === null && root.nodes.length === 0 && !isUnsaved();
}
