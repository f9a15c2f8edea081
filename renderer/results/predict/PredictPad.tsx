import { useMemo } from 'react';
import { drawnInput } from '../../../src/data/imageInput.ts';
import { useUi } from '../../state/stores/stores.ts';
import { useShown } from '../../state/travel/shownNetwork.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { Icon } from '../../ui/icons/Icon.tsx';
import { barsOf, emptyBars } from './barsOf.ts';
import { DrawingPad } from './DrawingPad.tsx';
import { networkInput, padProblem } from './networkInput.ts';
import css from './PredictPad.module.css';
import { Probabilities } from './Probabilities.tsx';
import { usePredict } from './predictStore.ts';
import { TopPrediction } from './TopPrediction.tsx';
import { useClassLabels } from './useClassLabels.ts';
import { usePrediction } from './usePrediction.ts';
import { useSubject } from './useSubject.ts';

const FOLD = 'predictPad';
const setOpen = (open: boolean): void => useUi.getState().setFold(FOLD, open);

/** Drawing pad beside the curves. Collapsed until it is opened, so that the curves have the room. */
export function PredictPad() {
  const { say } = useWords();
  const subject = useSubject();
  const open = useUi(({ folds }) => folds[FOLD] ?? false);
  const input = networkInput(useShown().check);
  // With errors in the network the pad stays, because they may soon be fixed.
  if (input.kind !== 'none' && (input.kind !== 'image' || input.shape[0] !== 1)) return null;
  if (open) return <OpenPad />;
  return (
    <button type="button" className={css.opener} title={say(`predict.open.${subject}`)} onClick={() => setOpen(true)}>
      <Icon name="draw" />
      <span>{say(`predict.open.${subject}`)}</span>
    </button>
  );
}

/** Drawing pad with a prediction that is updated while the pen moves. */
function OpenPad() {
  const { say, tell } = useWords();
  const subject = useSubject();
  const { check } = useShown();
  const problem = padProblem(check);
  const drawing = usePredict((state) => state.drawing);
  const { draw } = usePredict.getState();
  const input = useMemo(() => {
    const network = networkInput(check);
    return network.kind === 'image' && network.shape[0] === 1 && drawing !== null
      ? drawnInput(drawing, network.shape)
      : null;
  }, [check, drawing]);
  const prediction = usePrediction(input);
  const refusal = problem ?? prediction?.message ?? null;
  const untrained = problem === null && prediction !== null && !prediction.trained;
  const [output] = prediction?.outputs ?? [];
  const words = useClassLabels();
  const bars = output === undefined || output.answers === 'numbers' ? null : barsOf(output, words, null);
  return (
    <section
      className={css.predict}
      aria-label={say('predict.title')}
      aria-busy={input !== null && problem === null && prediction?.of !== input}
    >
      <h2 className={css.head}>
        {say('predict.title')}
        <span className={untrained ? css.untrained : ''}>
          {say(untrained ? 'predict.untrained' : `predict.draw.${subject}`)}
        </span>
        <Button label={say('predict.clear')} onClick={() => draw(null)}>
          {say('predict.clear')}
        </Button>
        <Button icon="close" label={say('predict.closePad')} onClick={() => setOpen(false)} />
      </h2>
      <div className={css.body}>
        <DrawingPad label={say(`predict.pad.${subject}`)} disabled={problem !== null} drawing={drawing} onDraw={draw} />
        <div className={css.result}>
          {refusal === null ? (
            <>
              <TopPrediction bars={bars} nothing={say('predict.nothing')} />
              <Probabilities bars={bars ?? emptyBars(check, words)} empty={bars === null} />
            </>
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
