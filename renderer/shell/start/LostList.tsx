import type { LostNetwork } from '../../../src/desktopCalls.ts';
import { callDesktop } from '../../state/desktop/desktop.ts';
import { isBlank } from '../../state/files/blank.ts';
import { openFrom } from '../../state/files/opening.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { Thumbnail } from '../../ui/controls/Thumbnail.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { dateTime } from '../../ui/i18n/numbers.ts';
import css from './StartPage.module.css';

interface Props {
  readonly lost: readonly LostNetwork[];
  refresh(): void;
}

/** Restores into this window if it is blank, otherwise into a new one. */
const restore = ({ id }: LostNetwork): Promise<unknown> =>
  isBlank() ? openFrom({ kind: 'lost', id }) : callDesktop('newWindow', { kind: 'lost', id });

async function restoreAll(lost: readonly LostNetwork[]): Promise<void> {
  for (const network of lost) await restore(network);
}

/** Networks with unsaved changes from when the app ended. */
export function LostList({ lost, refresh }: Props) {
  const { say, language } = useWords();
  return (
    <section className={css.lost} aria-label={say('start.lost')}>
      <div className={css.lostHead}>
        <div>
          <h3 className={css.lostTitle}>{say('start.lost')}</h3>
          <p className={css.about}>{say('start.lostAbout')}</p>
        </div>
        {lost.length > 1 && (
          <Button
            label={say('start.restoreAll', { count: lost.length })}
            look="outlined"
            onClick={() => restoreAll(lost).catch(console.error)}
          >
            {say('start.restoreAll', { count: lost.length })}
          </Button>
        )}
      </div>
      <ul className={css.rows}>
        {lost.map((network) => (
          <li key={network.id} className={css.lostRow}>
            <Thumbnail className={css.picture} pictures={network.thumbnail} />
            <span className={css.words}>
              <span className={css.name}>{network.name}</span>
              <span className={css.about}>
                {[dateTime(network.at, language), network.folder ?? say('start.neverSaved')].join(' · ')}
              </span>
            </span>
            <Button
              label={say('start.discard')}
              look="plain"
              onClick={() => callDesktop('discardLost', network.id).then(refresh, console.error)}
            >
              {say('start.discard')}
            </Button>
            <Button
              label={say('start.restore')}
              look="filled"
              onClick={() => restore(network).then(refresh, console.error)}
            >
              {say('start.restore')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
