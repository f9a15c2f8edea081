import { figure } from './figures.ts';
import css from './ScaleKey.module.css';

interface Props {
  readonly limit: number;
  /** True if there are negative values; otherwise half of the scale is enough. */
  readonly signed: boolean;
}

/** Legend of the color scale. */
export function ScaleKey({ limit, signed }: Props) {
  return (
    <div className={css.key}>
      <span>{signed ? figure(-limit) : '0'}</span>
      <div className={signed ? css.bar : `${css.bar} ${css.half}`} />
      <span>{figure(limit)}</span>
    </div>
  );
}
