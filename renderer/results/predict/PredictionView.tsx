import { useShown } from '../../state/travel/shownNetwork.ts';
import { figure } from '../../ui/i18n/figure.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { type Bar, barsOf, emptyBars, topOf } from './barsOf.ts';
import css from './PredictPanel.module.css';
import { Probabilities } from './Probabilities.tsx';
import type { Prediction } from './predictor.ts';
import { usePredict } from './predictStore.ts';
import { TopPrediction } from './TopPrediction.tsx';
import { useClassLabels } from './useClassLabels.ts';

interface Props {
  readonly prediction: Prediction | null;
  readonly empty: boolean;
  /** Text before the first prediction. */
  readonly nothing: string;
}

/** Prediction of the network for each output. */
export function PredictionView({ prediction, empty, nothing }: Props) {
  const { say, tell } = useWords();
  const top = usePredict((state) => state.top);
  const { check } = useShown();
  const words = useClassLabels();
  const message = prediction?.message ?? null;
  const outputs = prediction?.outputs ?? [];
  if (message !== null) {
    return (
      <p className={css.note} role="status">
        {tell(message)}
      </p>
    );
  }
  return (
    <div className={css.prediction} aria-live="off">
      {prediction !== null && !prediction.trained && !empty && (
        <p className={css.untrained}>{say('predict.untrained')}</p>
      )}
      {outputs.length === 0 && (
        <>
          <TopPrediction bars={null} nothing={nothing} />
          <Probabilities bars={emptyBars(check, words)} empty />
        </>
      )}
      {outputs.map((output) => (
        <div key={output.name} className={css.output}>
          {outputs.length > 1 && <h2>{output.name}</h2>}
          {output.answers === 'numbers' ? (
            <p className={css.numbers}>{[...output.values].map(figure).join(', ')}</p>
          ) : (
            <Classes bars={barsOf(output, words, top ?? topOf(output.values.length))} />
          )}
        </div>
      ))}
    </div>
  );
}

const Classes = ({ bars }: { readonly bars: readonly Bar[] }) => (
  <>
    <TopPrediction bars={bars} />
    <Probabilities bars={bars} />
  </>
);
