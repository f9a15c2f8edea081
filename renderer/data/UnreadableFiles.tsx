import type { OpenedData } from '../state/data/ownData.ts';
import { Fold } from '../ui/controls/Fold.tsx';
import { useWords } from '../ui/i18n/i18n.ts';
import { whole } from '../ui/i18n/numbers.ts';
import css from './UnreadableFiles.module.css';

/** Files that were left out of the dataset, each with the reason. */
export function UnreadableFiles({ unreadable, unreadableCount }: OpenedData) {
  const { say, pick } = useWords();
  if (unreadableCount === 0) return null;
  return (
    <Fold name="unreadable" look="more" startOpen title={say('data.unreadable', { count: whole(unreadableCount) })}>
      <ul className={css.files}>
        {unreadable.map(({ file, reason }) => (
          <li key={file}>
            <span className={css.name}>{file}</span> {pick(reason)}
          </li>
        ))}
      </ul>
    </Fold>
  );
}
