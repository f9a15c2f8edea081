import { create } from 'zustand';

interface ArrangeState {
  /** A layout that is being made, once it has taken long enough to be worth a word. */
  readonly busy: { readonly count: number; cancel(): void } | null;
  /** Cards glide to their new places. */
  readonly gliding: boolean;
}

export const useArrange = create<ArrangeState>()(() => ({ busy: null, gliding: false }));

/** Of the glide (ms), as in GraphCanvas.module.css, and a frame or two. */
const GLIDE = 220;

let glideEnd: ReturnType<typeof setTimeout> | undefined;

/** Cards that get another place glide there. */
export function glide(): void {
  clearTimeout(glideEnd);
  useArrange.setState({ gliding: true });
  glideEnd = setTimeout(() => useArrange.setState({ gliding: false }), GLIDE);
}
