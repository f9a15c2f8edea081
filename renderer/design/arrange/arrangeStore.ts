import { create } from 'zustand';

interface ArrangeState {
  /** The layout in progress, once it has taken long enough to show. */
  readonly busy: { readonly count: number; cancel(): void } | null;
  /** True while cards glide to their new positions. */
  readonly gliding: boolean;
}

export const useArrange = create<ArrangeState>()(() => ({ busy: null, gliding: false }));

/** Duration of the glide (ms), as in GraphCanvas.module.css, plus a frame or two. */
const GLIDE = 220;

let glideEnd: ReturnType<typeof setTimeout> | undefined;

/** Lets cards glide to their new positions. */
export function glide(): void {
  clearTimeout(glideEnd);
  useArrange.setState({ gliding: true });
  glideEnd = setTimeout(() => useArrange.setState({ gliding: false }), GLIDE);
}
