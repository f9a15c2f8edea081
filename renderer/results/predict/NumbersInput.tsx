import { useEffect } from 'react';
import { figure } from '../../ui/i18n/figure.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { PlanePlot } from '../results/PlanePlot.tsx';
import { usePlane } from '../results/usePlane.ts';
import css from './PredictPanel.module.css';
import { usePredict, useShownSample } from './predictStore.ts';
import { sampleTitle } from './sampleTitle.ts';

/** Sliders range from −REACH to REACH, since most features are of that size. */
const REACH = 3;

/** Sliders, one per feature of the sample. */
export function NumbersInput({ count }: { readonly count: number }) {
  const { say } = useWords();
  const source = usePredict((state) => state.source);
  const numbers = usePredict((state) => state.numbers);
  const shown = useShownSample();
  const { setNumbers } = usePredict.getState();
  const sample = shown?.sample.inputs.find(({ data }) => data.length === count);
  const values = source === 'numbers' && numbers.length === count ? numbers : [...(sample?.data ?? [])];
  const shownValues = values.length === count ? values : new Array<number>(count).fill(0);

  useEffect(() => {
    if (source === 'image' || source === 'drawing') setNumbers(new Array<number>(count).fill(0));
  }, [source, count, setNumbers]);

  return (
    <>
      {count === 2 && <PlaneInput values={shownValues} />}
      <div className={css.sliders}>
        <h2>
          {source === 'sample' && shown !== null ? sampleTitle(say, shown.index, shown.sample) : say('predict.numbers')}
        </h2>
        {shownValues.map((value, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: features are identified by position
          <label key={at}>
            <span>{say('predict.number', { place: at + 1 })}</span>
            <input
              type="range"
              min={-REACH}
              max={REACH}
              step={0.01}
              value={value}
              onChange={({ target }) => setNumbers(shownValues.with(at, Number(target.value)))}
            />
            <span className={css.value}>{figure(value)}</span>
          </label>
        ))}
      </div>
    </>
  );
}

/** Input of two features as a point in a plane, set by clicking or dragging. */
function PlaneInput({ values }: { readonly values: readonly number[] }) {
  const { say } = useWords();
  const plane = usePlane();
  return (
    <div className={css.column}>
      <h2>{say('predict.plane')}</h2>
      <PlanePlot
        plane={plane}
        label={say('results.plane')}
        marked={values}
        onPick={(x, y) => usePredict.getState().setNumbers([x, y])}
      />
    </div>
  );
}
