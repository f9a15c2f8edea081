import type { ComponentPropsWithRef } from 'react';
import css from './Select.module.css';

/** One choice of a few options. As wide as the longest option unless its container sets a width. */
export const Select = ({ className = '', ...props }: ComponentPropsWithRef<'select'>) => (
  <select {...props} className={`${css.select} ${className}`} />
);
