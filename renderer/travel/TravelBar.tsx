import { useEffect } from 'react';
import { Button } from '../controls/Button.tsx';
import { useWords } from '../i18n/i18n.ts';
import { percent, whole } from '../i18n/numbers.ts';
import { epochScale } from '../run/epochScale.ts';
import { useRun } from '../stores/stores.ts';
import { branchHere, takeWeights } from './branching.ts';
import { readKept, useKept } from './keptStore.ts';
import { useMoment } from './momentStore.ts';
import { TimeSlider } from './TimeSlider.tsx';
import css from './TravelBar.module.css';
import { figuresAt, pastOf } from './track.ts';
import { usePlaying } from './usePlaying.ts';

/** While a run goes on, new moments are asked for this often (ms). */
const ASK_EVERY = 5000;

function useKeptMoments() {
  const run = useRun((state) => state.run);
  const running = useRun(({ state }) => state === 'running');
  const told = useRun(({ run, state, epoch, engine }) => `${run} ${state} ${epoch} ${engine}`);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every epoch and state there are others
  useEffect(() => {
    readKept().catch(console.error);
  }, [told]);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => readKept().catch(console.error), ASK_EVERY);
    return () => clearInterval(timer);
  }, [running]);
  const kept = useKept();
  return kept.run === run ? kept.moments : [];
}

/** Through the kept moments of the run: where it is in the past, that is said, and one can begin anew from there. */
export function TravelBar() {
  const { say } = useWords();
  const moments = useKeptMoments();
  const step = useRun((state) => state.step);
  const steps = useRun((state) => state.steps);
  const at = useMoment((state) => state.at);
  const past = pastOf(moments, step);
  const { playing, play, pause } = usePlaying(past);
  if (past.length === 0 && at === null) return null;
  return (
    <section className={at === null ? css.bar : `${css.bar} ${css.past}`} aria-label={say('travel.title')}>
      <Button
        label={say(playing ? 'travel.pause' : 'travel.play')}
        icon={playing ? 'pause' : 'play'}
        onClick={playing ? pause : play}
      />
      <TimeSlider moments={past} steps={Math.max(steps, step)} now={step} at={at?.step ?? null} />
      <p className={css.where} role={at === null ? undefined : 'status'}>
        {at === null ? (
          <span className={css.muted}>{say('travel.now', { step: whole(step) })}</span>
        ) : (
          <b>{say('travel.seen', { step: whole(at.step), steps: whole(step) })}</b>
        )}
      </p>
      <p className={css.figures}>{at === null ? say('travel.hint') : <Figures step={at.step} />}</p>
      {/* Their room stays: the slider must not change under the pointer. */}
      <div className={at === null ? `${css.actions} ${css.nowhere}` : css.actions}>
        <Button label={say('travel.back')} look="filled" onClick={() => useMoment.getState().go(null)}>
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
    </section>
  );
}

function Figures({ step }: { readonly step: number }) {
  const { say } = useWords();
  const { curves, history, steps, epochs } = useRun.getState();
  const { loss, accuracy, validation } = figuresAt(curves, history, step);
  const measured = validation?.validation.accuracy ?? null;
  const said = [
    say('travel.epoch', { epoch: epochScale(history, steps, epochs).epochOf(step).toFixed(2) }),
    loss === null ? '' : say('travel.loss', { loss: loss.toFixed(3) }),
    measured === null && accuracy !== null ? say('travel.accuracy', { accuracy: percent(accuracy) }) : '',
    measured === null ? '' : say('travel.validation', { accuracy: percent(measured) }),
  ];
  return said.filter((text) => text !== '').join(' · ');
}
