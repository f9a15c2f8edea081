import { useEffect, useRef, useState } from 'react';
import { digitImage, type GreyImage } from '../../src/data/digitImage.ts';
import { Button } from '../controls/Button.tsx';
import { useWords } from '../i18n/i18n.ts';
import { useDocument, useRun } from '../stores/stores.ts';
import { DrawingPad } from './DrawingPad.tsx';
import css from './PredictPad.module.css';
import { Probabilities } from './Probabilities.tsx';
import { padProblem } from './padProblem.ts';
import { createPredictor, type Prediction } from './predictor.ts';

/** While the network learns, what it makes of the drawn digit is asked anew this often (ms). */
const WATCH_EVERY = 500;

/** Draw a digit, and see what the network takes it for while the pen moves. */
export function PredictPad() {
  const { say, tell } = useWords();
  // Another drawing has another check; one whose layers were only moved has not.
  const check = useDocument((state) => state.rootCheck);
  const problem = padProblem(check);
  const revision = useEpochOf();
  const [prediction, setPrediction] = useState<Prediction | null>(null);
  const [sheet, setSheet] = useState(0);
  const digit = useRef<Float32Array | null>(null);
  const predictor = useRef<ReturnType<typeof createPredictor> | null>(null);
  predictor.current ??= createPredictor(setPrediction);

  function onDraw(image: GreyImage): void {
    digit.current = digitImage(image);
    predictor.current?.ask(digit.current);
  }
  function clear(): void {
    digit.current = null;
    predictor.current?.ask(null);
    setSheet(sheet + 1);
  }

  // Other weights or another drawing: the digit on the pad is looked at again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are the reason, not the input
  useEffect(() => {
    if (problem === null && digit.current !== null) predictor.current?.ask(digit.current);
  }, [revision, check, problem]);

  const running = useRun(({ state }) => state === 'running');
  useEffect(() => {
    if (!running || problem !== null) return;
    const timer = setInterval(() => digit.current !== null && predictor.current?.ask(digit.current), WATCH_EVERY);
    return () => clearInterval(timer);
  }, [running, problem]);

  const shown = problem === null ? prediction : null;
  const refusal = problem ?? shown?.message ?? null;
  const untrained = shown !== null && !shown.trained;
  return (
    <section className={css.predict} aria-label={say('predict.title')}>
      <h2 className={css.head}>
        {say('predict.title')}
        <span className={untrained ? css.untrained : ''}>{say(untrained ? 'predict.untrained' : 'predict.draw')}</span>
        <Button label={say('predict.clear')} onClick={clear}>
          {say('predict.clear')}
        </Button>
      </h2>
      <div className={css.body}>
        <DrawingPad key={sheet} label={say('predict.pad')} disabled={problem !== null} onDraw={onDraw} />
        <div className={css.result}>
          {refusal === null ? (
            <Probabilities values={shown?.probabilities ?? null} />
          ) : (
            <p className={css.note} role="status">
              {tell(refusal)}
            </p>
          )}
        </div>
      </div>
    </section>
  );
}

/** Changes when the engine's weights have: with every epoch, and when a run ends or pauses. */
function useEpochOf(): string {
  return useRun(({ run, state, epoch, hasWeights }) => `${run} ${state} ${epoch} ${hasWeights}`);
}
