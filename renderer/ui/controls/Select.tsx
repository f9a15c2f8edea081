import type { ComponentPropsWithRef } from 'react';
import css from './Select.module.css';

/** A choice of one out of few, as wide as its longest option unless its container says otherwise. */
export const Select = ({ className = '', ...props }: ComponentPropsWithRef<'select'>) => (
  <select {...props} className={`${css.select} ${className}`} />
);
