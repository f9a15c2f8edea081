import type { CSSProperties } from 'react';

/** The color of a category, for what is drawn in it. */
export const categoryColor = (category: string): CSSProperties =>
  ({ '--category': category === 'unknown' ? 'var(--muted)' : `var(--category-${category})` }) as CSSProperties;
