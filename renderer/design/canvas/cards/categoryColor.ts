import type { CSSProperties } from 'react';

/** Style with the color of a category. */
export const categoryColor = (category: string): CSSProperties =>
  ({ '--category': category === 'unknown' ? 'var(--muted)' : `var(--category-${category})` }) as CSSProperties;
