import type { CSSProperties } from 'react';

/** The colour of a category, for what is drawn in it. */
export const categoryColour = (category: string): CSSProperties =>
  ({ '--category': category === 'unknown' ? 'var(--muted)' : `var(--category-${category})` }) as CSSProperties;
