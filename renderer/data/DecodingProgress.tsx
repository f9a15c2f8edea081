import { useDecoding } from '../state/data/decoding.ts';
import { useWords } from '../ui/i18n/i18n.ts';
import { clock, whole } from '../ui/i18n/numbers.ts';
import css from './DataSource.module.css';

/** Progress of the decoding of images that can be used already. */
export function DecodingProgress({ source }: { readonly source: string }) {
  const { say } = useWords();
  const { progress } = useDecoding();
  if (progress?.source !== source) return null;
  const { done, total, left } = progress;
  return (
    <div className={css.opening} role="status">
      <span>{say('data.decoding')}</span>
      <progress aria-label={say('data.decoding')} value={done} max={total} />
      <span className={css.count}>{say('data.decodedOf', { done: whole(done), total: whole(total) })}</span>
      {left !== null && <span>{say('data.left', { time: clock(left) })}</span>}
    </div>
  );
}
