import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from 'react';
import { placeOf } from '../../src/runs/keptMoments.ts';
import { useWords } from '../i18n/i18n.ts';
import { whole } from '../i18n/numbers.ts';
import { bestEpoch } from '../run/curveMetrics.ts';
import { useRun } from '../stores/stores.ts';
import { useMoment } from './momentStore.ts';
import css from './TimeSlider.module.css';
import { type KeptMoment, stopFrom } from './track.ts';

interface Props {
  /** Those before now. */
  readonly moments: readonly KeptMoment[];
  /** Of the whole run. */
  readonly steps: number;
  readonly now: number;
  /** The step that is shown; null: now. */
  readonly at: number | null;
}

const share = (place: number): string => `${100 * place}%`;

/** The run from its start to now, with the moments that are kept. The beginning has more room: there most happens. */
export function TimeSlider({ moments, steps, now, at }: Props) {
  const { say } = useWords();
  const track = useRef<HTMLDivElement>(null);
  const shown = at ?? now;

  function go(step: number | null): void {
    const { run } = useRun.getState();
    useMoment.getState().go(step === null || run === null ? null : { run, step });
  }

  function onKeyDown(event: KeyboardEvent): void {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -5, PageUp: 5 }[event.key];
    const ends = { Home: moments[0]?.step ?? null, End: null };
    if (by !== undefined) go(stopFrom(moments, at, by));
    else if (event.key === 'Home' || event.key === 'End') go(ends[event.key]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function toPointer({ clientX }: PointerEvent): void {
    const box = track.current?.getBoundingClientRect();
    if (box === undefined) return;
    const place = (clientX - box.x) / box.width;
    const distance = (step: number): number => Math.abs(placeOf(step, steps) - place);
    const nearest = moments.reduce((a, b) => (distance(b.step) < distance(a.step) ? b : a), moments[0] as KeptMoment);
    go(nearest === undefined || distance(now) < distance(nearest.step) ? null : nearest.step);
  }

  function onPointerDown(event: PointerEvent<HTMLDivElement>): void {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    toPointer(event);
  }

  return (
    <div
      className={css.slider}
      role="slider"
      tabIndex={0}
      aria-label={say('travel.slider')}
      aria-valuemin={0}
      aria-valuemax={now}
      aria-valuenow={shown}
      aria-valuetext={say(at === null ? 'travel.now' : 'travel.step', { step: whole(shown) })}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && toPointer(event)}
    >
      <div ref={track} className={css.track}>
        <div className={css.done} style={{ width: share(placeOf(now, steps)) }} />
        <Marks steps={steps} />
        {moments.map(({ step }) => (
          <div key={step} className={css.moment} style={{ left: share(placeOf(step, steps)) }} />
        ))}
        <div
          className={at === null ? `${css.thumb} ${css.atNow}` : css.thumb}
          style={{ left: share(placeOf(shown, steps)) }}
        />
      </div>
    </div>
  );
}

/** Ends of epochs, the best of them, and where something was changed. */
function Marks({ steps }: { readonly steps: number }) {
  const epoch = useRun((state) => state.epoch);
  const changes = useRun((state) => state.changes);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the history grows in place, with every epoch
  const { ends, best } = useMemo(() => {
    const { history } = useRun.getState();
    return { ends: history.map(({ step }) => step), best: bestEpoch(history)?.step ?? null };
  }, [epoch, steps]);
  return (
    <>
      {ends.length <= 25 &&
        ends.map((step) => <div key={step} className={css.epoch} style={{ left: share(placeOf(step, steps)) }} />)}
      {changes.map(({ step }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: changes are only ever added
        <div key={i} className={css.change} style={{ left: share(placeOf(step, steps)) }} />
      ))}
      {best !== null && <div className={css.best} style={{ left: share(placeOf(best, steps)) }} />}
    </>
  );
}
