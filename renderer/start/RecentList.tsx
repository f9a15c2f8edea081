import type { RecentFile } from '../../src/protocol.ts';
import { Button } from '../controls/Button.tsx';
import { callDesktop } from '../desktop/desktop.ts';
import { openFrom } from '../files/opening.ts';
import { useWords } from '../i18n/i18n.ts';
import { moment } from '../i18n/numbers.ts';
import css from './StartPage.module.css';
import { Thumbnail } from './Thumbnail.tsx';

interface Props {
  readonly recent: readonly RecentFile[];
  refresh(): void;
}

export function RecentList({ recent, refresh }: Props) {
  const { say } = useWords();
  if (recent.length === 0) return <p className={css.none}>{say('start.noRecent')}</p>;
  return (
    <ul className={css.rows}>
      {recent.map((file) => (
        <li key={file.id} className={css.row}>
          <RecentButton file={file} />
          <Button
            icon="close"
            label={say('start.forget', { name: file.name })}
            onClick={() => callDesktop('forgetRecent', file.id).then(refresh, console.error)}
          />
        </li>
      ))}
    </ul>
  );
}

function RecentButton({ file }: { readonly file: RecentFile }) {
  const { say, language } = useWords();
  const { id, name, folder, at, missing, thumbnail } = file;
  return (
    <button
      type="button"
      className={css.file}
      aria-label={missing ? say('start.missing', { name }) : name}
      title={folder}
      disabled={missing}
      onClick={() => openFrom({ kind: 'recent', id }).catch(console.error)}
    >
      <Thumbnail pictures={thumbnail} />
      <span className={css.words}>
        <span className={css.name}>{name}</span>
        <span className={css.about}>{missing ? say('start.gone') : moment(at, language)}</span>
      </span>
    </button>
  );
}
