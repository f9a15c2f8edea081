import { useId } from 'react';
import { dataName, knownData } from '../../src/data/known.ts';
import { keptSplit } from '../../src/data/split.ts';
import { cancelOpening, chooseData, isOwn, useOwnData } from '../state/data/ownData.ts';
import { useDocument } from '../state/stores/stores.ts';
import { Button } from '../ui/controls/Button.tsx';
import { Select } from '../ui/controls/Select.tsx';
import { useWords } from '../ui/i18n/i18n.ts';
import { whole } from '../ui/i18n/numbers.ts';
import css from './DataSource.module.css';

/** Choice of the dataset: one of Netloom's, or a folder or file of the user's own. */
export function DataSource() {
  const { say, pick } = useWords();
  const data = useDocument(({ root }) => root.data);
  const { source } = data;
  const { opening, problem } = useOwnData();
  const own = isOwn({ source });
  const id = useId();
  return (
    <div className={css.source}>
      <div className={css.choice}>
        <label htmlFor={id}>{say('data.source')}</label>
        <Select
          id={id}
          value={source}
          title={source}
          onChange={({ target }) =>
            useDocument.getState().editRoot([{ kind: 'setData', data: { source: target.value, ...keptSplit(data) } }])
          }
        >
          {own && <option value={source}>{dataName(source)}</option>}
          {knownData.map((name) => (
            <option key={name} value={name}>
              {name === 'mnist' ? say('data.mnist') : name}
            </option>
          ))}
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
      {problem !== null && (
        <p role="alert" className={css.problem}>
          {pick(problem.message)}
        </p>
      )}
    </div>
  );
}
