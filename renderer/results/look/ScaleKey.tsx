import { figure } from './figures.ts';
import css from './ScaleKey.module.css';

interface Props {
  readonly limit: number;
  /** Without numbers below zero half of the scale is enough. */
  readonly signed: boolean;
}

/** Which colours stand for which numbers. */
export function ScaleKey({ limit, signed }: Props) {
  return (
    <div className={css.key}>
      <span>{signed ? figure(-limit) : '0'}</span>
      <div className={signed ? css.bar : `${css.bar} ${css.half}`} />
      <span>{figure(limit)}</span>
    </div>
  );
}
