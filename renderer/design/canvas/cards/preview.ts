import { create } from 'zustand';

/** The block whose inside is shown beside its card. */
export const usePreview = create<{ readonly node: string | null }>()(() => ({ node: null }));

/** Delay of the preview while pointer or focus is on the card, in ms. */
const REST = 450;

let timer: ReturnType<typeof setTimeout> | undefined;

export function previewSoon(node: string): void {
  clearTimeout(timer);
  timer = setTimeout(() => usePreview.setState({ node }), REST);
}

export function hidePreview(): void {
  clearTimeout(timer);
  usePreview.setState({ node: null });
}

/** Shows the preview without delay, or hides it. */
export function togglePreview(node: string): void {
  const shown = usePreview.getState().node;
  hidePreview();
  if (shown !== node) usePreview.setState({ node });
}
