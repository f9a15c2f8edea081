import { useId } from 'react';
import { DRAWN } from '../../src/data/drawnPoints.ts';
import { dataName, EMBEDDED, isOwn, withOtherSource } from '../../src/data/known.ts';
import { sourceTitle } from '../../src/data/sourceTitle.ts';
import { toyOf } from '../../src/data/toySource.ts';
import { toySets } from '../../src/data/toys.ts';
import { cancelOpening, chooseData, findData, useOwnData } from '../state/data/ownData.ts';
import { useDocument } from '../state/stores/stores.ts';
import { Button } from '../ui/controls/Button.tsx';
import { Select } from '../ui/controls/Select.tsx';
import { useWords } from '../ui/i18n/i18n.ts';
import { whole } from '../ui/i18n/numbers.ts';
import css from './DataSource.module.css';
import { DecodingProgress } from './DecodingProgress.tsx';

/** Choice of the dataset: one of Netloom's, or a folder or file of the user's own. */
export function DataSource() {
  const { say, pick } = useWords();
  const data = useDocument(({ root }) => root.data);
  const { source } = data;
  const { opening, opened, problem } = useOwnData();
  const present = opened?.data.source === source ? opened : null;
  const own = isOwn({ source });
  const id = useId();
  return (
    <div className={css.source}>
      <div className={css.choice}>
        <label htmlFor={id}>{say('data.source')}</label>
        <Select
          id={id}
          value={toyOf(source)?.name ?? source}
          title={source}
          onChange={({ target }) =>
            useDocument.getState().editRoot([{ kind: 'setData', data: withOtherSource(data, target.value) }])
          }
        >
          {own && <option value={source}>{pick(sourceTitle(source))}</option>}
          <option value={EMBEDDED}>{pick(sourceTitle(EMBEDDED))}</option>
          <option value={DRAWN}>{pick(sourceTitle(DRAWN))}</option>
          <optgroup label={say('data.generated')}>
            {toySets.map((name) => (
              <option key={name} value={name}>
                {pick(sourceTitle(name))}
              </option>
            ))}
          </optgroup>
        </Select>
      </div>
      <div className={css.buttons}>
        <Button label={say('data.chooseFolder')} look="outlined" onClick={() => void chooseData('folder')}>
          {say('data.chooseFolder')}
        </Button>
        <Button label={say('data.chooseFile')} look="outlined" onClick={() => void chooseData('file')}>
          {say('data.chooseFile')}
        </Button>
      </div>
      {opening === null ? (
        <p>{say('data.ownHint')}</p>
      ) : (
        <div className={css.opening} role="status">
          <span>{say('data.reading', { name: dataName(opening.source) })}</span>
          <progress value={opening.total === 0 ? undefined : opening.done} max={Math.max(1, opening.total)} />
          <span className={css.count}>
            {opening.total > 0 && say('data.read', { done: whole(opening.done), total: whole(opening.total) })}
          </span>
          <Button label={say('data.cancel')} look="outlined" onClick={cancelOpening} />
        </div>
      )}
      {opening === null && <DecodingProgress source={source} />}
      {problem !== null && (
        <p role="alert" className={css.problem}>
          {pick(problem.message)}
        </p>
      )}
      {problem?.wasOpen === true && own && (
        <div className={css.buttons}>
          <Button label={say('data.find')} look="outlined" onClick={() => void findData()}>
            {say('data.find')}
          </Button>
        </div>
      )}
      {present?.contents.isChanged === true && (
        <p role="alert" className={css.problem}>
          {say('data.changed', { name: dataName(source) })}
        </p>
      )}
    </div>
  );
}
