import { useMemo } from 'react';
import css from './Bars.module.css';
import { limitOf } from './scale.ts';

interface Props {
  readonly values: ArrayLike<number>;
  readonly signed: boolean;
  readonly label?: string;
}

/** Horizontal bars, one per value from top to bottom: positive values to the right of zero, negative ones to the left. */
export function Bars({ values, signed, label }: Props) {
  const { above, below } = useMemo(() => pathsOf(values), [values]);
  return (
    <svg
      className={css.bars}
      viewBox={`${signed ? -1 : 0} 0 ${signed ? 2 : 1} ${Math.max(1, values.length)}`}
      preserveAspectRatio="none"
      role={label === undefined ? undefined : 'img'}
      aria-label={label}
      aria-hidden={label === undefined}
    >
      <path className={css.below} d={below} />
      <path className={css.above} d={above} />
      <path className={css.zero} d={`M0 0V${values.length}`} />
    </svg>
  );
}

function pathsOf(values: ArrayLike<number>): { readonly above: string; readonly below: string } {
  const limit = limitOf(values) || 1;
  const paths = { above: '', below: '' };
  // Gap between bars if there is room for it.
  const thick = values.length <= 40 ? 0.8 : 1;
  for (let i = 0; i < values.length; i++) {
    const length = Math.max(-1, Math.min(1, (values[i] as number) / limit));
    if (!(length !== 0)) continue;
    paths[length > 0 ? 'above' : 'below'] += `M0 ${i + (1 - thick) / 2}h${length.toFixed(3)}v${thick}H0z`;
  }
  return paths;
}
