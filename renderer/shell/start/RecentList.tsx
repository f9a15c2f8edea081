import { useRef } from 'react';
import type { RecentFile } from '../../../src/desktopCalls.ts';
import { callDesktop } from '../../state/desktop/desktop.ts';
import { openFrom } from '../../state/files/opening.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { Thumbnail } from '../../ui/controls/Thumbnail.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { dateTime } from '../../ui/i18n/numbers.ts';
import css from './StartPage.module.css';
import { useRoving } from './useRoving.ts';

interface Props {
  readonly recent: readonly RecentFile[];
  refresh(): void;
  /** Called with the id of the pressed file; by default the file opens. */
  choose?(id: string): void;
}

const open = (id: string): void => {
  openFrom({ kind: 'recent', id }).catch(console.error);
};

export function RecentList({ recent, refresh, choose = open }: Props) {
  const { say } = useWords();
  const frame = useRef<HTMLUListElement>(null);
  useRoving(frame);
  if (recent.length === 0) return <p className={css.none}>{say('start.noRecent')}</p>;
  return (
    <ul ref={frame} className={css.rows}>
      {recent.map((file) => (
        <li key={file.id} className={file.missing ? `${css.row} ${css.gone}` : css.row}>
          <RecentFileLine file={file} choose={choose} />
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

/** A recent file, whose name is a button over the whole line. */
function RecentFileLine({ file, choose }: { readonly file: RecentFile; choose(id: string): void }) {
  const { say, language } = useWords();
  const { id, name, folder, at, missing, thumbnail } = file;
  return (
    <>
      <Thumbnail className={css.picture} pictures={thumbnail} />
      <span className={css.words}>
        <button
          type="button"
          className={`${css.whole} ${css.name}`}
          aria-label={missing ? say('start.missing', { name }) : undefined}
          title={folder}
          disabled={missing}
          onClick={() => choose(id)}
        >
          {name}
        </button>
        <span className={css.about}>{missing ? say('start.gone') : dateTime(at, language)}</span>
      </span>
    </>
  );
}
