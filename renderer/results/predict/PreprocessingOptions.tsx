import { useId } from 'react';
import { isDigit } from '../../../src/data/imageInput.ts';
import { Select } from '../../ui/controls/Select.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './PredictPanel.module.css';
import { usePredict } from './predictStore.ts';
import { useSubject } from './useSubject.ts';

/** Options for preprocessing an image. */
export function PreprocessingOptions({
  shape,
  inverted,
}: {
  readonly shape: readonly number[];
  readonly inverted: boolean;
}) {
  const { say } = useWords();
  const subject = useSubject();
  const invert = usePredict((state) => state.invert);
  const center = usePredict((state) => state.center);
  const { set } = usePredict.getState();
  const invertId = useId();
  if (shape[0] !== 1) return null;
  return (
    <div className={css.options}>
      <label htmlFor={invertId}>
        {say('predict.invert')}
        <Select id={invertId} value={invert} onChange={({ target }) => set({ invert: target.value as typeof invert })}>
          {(['auto', 'yes', 'no'] as const).map((choice) => (
            <option key={choice} value={choice}>
              {say(`predict.invert.${choice}`)}
            </option>
          ))}
        </Select>
      </label>
      <p className={css.hint}>{say(inverted ? 'predict.inverted' : 'predict.asIs')}</p>
      {isDigit(shape) && (
        <label title={say(`predict.centering.${subject}`)}>
          <input type="checkbox" checked={center} onChange={({ target }) => set({ center: target.checked })} />
          {say(`predict.center.${subject}`)}
        </label>
      )}
    </div>
  );
}
