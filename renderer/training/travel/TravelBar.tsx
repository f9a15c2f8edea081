import { useRun } from '../../state/stores/stores.ts';
import { useCheckpoint } from '../../state/travel/checkpointStore.ts';
import { useShown } from '../../state/travel/shownNetwork.ts';
import { figuresAt } from '../../state/travel/track.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { Parts } from '../../ui/controls/Parts.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { percent, whole } from '../../ui/i18n/numbers.ts';
import { useCharts } from '../run/chartStore.ts';
import { epochScale } from '../run/epochScale.ts';
import { branchHere, takeWeights } from './branching.ts';
import { PlayButton } from './PlayButton.tsx';
import { TimeSlider } from './TimeSlider.tsx';
import css from './TravelBar.module.css';
import { useKeptCheckpoints } from './useKeptCheckpoints.ts';

/** Training timeline for panels without curves, which have their own time axis. */
export function TravelBar() {
  const { say } = useWords();
  const checkpoints = useKeptCheckpoints();
  const step = useRun((state) => state.step);
  const end = useCharts((state) => state.end);
  const hasOthers = useRun((state) => state.hasOthers);
  const at = useCheckpoint((state) => state.at);
  if (checkpoints.length === 0 && at === null) return null;
  return (
    <section className={at === null ? css.bar : `${css.bar} ${css.past}`} aria-label={say('travel.title')}>
      <PlayButton checkpoints={checkpoints} />
      <TimeSlider checkpoints={checkpoints} now={step} at={at?.step ?? null} range={[0, end]} />
      <p className={css.where} role={at === null ? undefined : 'status'}>
        {at === null ? (
          <span className={css.muted}>{say(hasOthers ? 'travel.nowOthers' : 'travel.now', { step: whole(step) })}</span>
        ) : (
          <b>{say('travel.seen', { step: whole(at.step), steps: whole(step) })}</b>
        )}
      </p>
      <p className={css.figures}>{at === null ? <Parts words={say('travel.hint')} /> : <Figures step={at.step} />}</p>
      <Actions />
    </section>
  );
}

/** Line above the curves while a checkpoint is visited. Their time axis is the slider. */
export function VisitLine() {
  const { say } = useWords();
  const step = useRun((state) => state.step);
  const at = useCheckpoint((state) => state.at);
  if (at === null) return null;
  return (
    <div className={`${css.bar} ${css.past}`}>
      <p role="status">
        <b>{say('travel.seen', { step: whole(at.step), steps: whole(step) })}</b>
      </p>
      <p className={css.rest}>
        <Figures step={at.step} />
      </p>
      <Actions />
    </div>
  );
}

function Actions() {
  const { say } = useWords();
  const at = useCheckpoint((state) => state.at);
  // Hidden buttons keep their space, so that the slider does not move under the pointer.
  return (
    <div className={at === null ? `${css.actions} ${css.nowhere}` : css.actions}>
      <Button label={say('travel.back')} look="filled" onClick={() => useCheckpoint.getState().go(null)}>
        {say('travel.back')}
      </Button>
      <Button
        label={say('travel.branch')}
        icon="branch"
        hint={say('travel.branchHint')}
        look="outlined"
        onClick={() => at !== null && branchHere(at)}
      />
      <Button
        label={say('travel.take')}
        icon="take"
        hint={say('travel.takeHint')}
        look="outlined"
        onClick={() => at !== null && takeWeights(at)}
      />
    </div>
  );
}

function Figures({ step }: { readonly step: number }) {
  const { say } = useWords();
  const { curves, history, steps, epochs } = useRun.getState();
  const { isOther } = useShown();
  const { loss, accuracy, validation } = figuresAt(curves, history, step);
  const measured = validation?.validation.accuracy ?? null;
  const parts = [
    say('travel.epoch', { epoch: epochScale(history, steps, epochs).epochOf(step).toFixed(2) }),
    loss === null ? '' : say('travel.loss', { loss: loss.toFixed(3) }),
    measured === null && accuracy !== null ? say('travel.accuracy', { accuracy: percent(accuracy) }) : '',
    measured === null ? '' : say('travel.validation', { accuracy: percent(measured) }),
    isOther ? say('travel.other') : '',
  ];
  return <Parts words={parts.filter((text) => text !== '').join(' · ')} />;
}
