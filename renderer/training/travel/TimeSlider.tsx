import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from 'react';
import { useRun } from '../../state/stores/stores.ts';
import { type CheckpointMeta, stopFrom } from '../../state/travel/track.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { whole } from '../../ui/i18n/numbers.ts';
import { scaleOf } from '../run/chartData.ts';
import { bestEpoch } from '../run/curveMetrics.ts';
import css from './TimeSlider.module.css';
import { visit, visitNear } from './visiting.ts';

interface Props {
  /** Checkpoints before the current step. */
  readonly checkpoints: readonly CheckpointMeta[];
  readonly now: number;
  /** Step of the visited checkpoint; null for the current state. */
  readonly at: number | null;
  /** Range of the slider, in epochs. */
  readonly range: readonly [from: number, to: number];
  /** Positions of the ticks, in epochs. */
  readonly ticks?: readonly number[];
}

/** Slider over the run with its checkpoints, on the linear axis of epochs that the curves have. */
export function TimeSlider({ checkpoints, now, at, range, ticks = [] }: Props) {
  const { say } = useWords();
  const track = useRef<HTMLDivElement>(null);
  const epoch = useRun((state) => state.epoch);
  const steps = useRun((state) => state.steps);
  const epochs = useRun((state) => state.epochs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the history grows in place with every epoch
  const scale = useMemo(() => scaleOf(useRun.getState()), [epoch, steps, epochs]);
  const shown = at ?? now;
  const [from, to] = range;
  const shareOf = (place: number): number => (place - from) / (to - from);
  const left = (place: number) => ({ left: `${100 * shareOf(place)}%` });
  const isSeen = (place: number): boolean => place >= from && place <= to;
  const leftOf = (step: number) => left(scale.epochOf(step));
  const isStepSeen = (step: number): boolean => isSeen(scale.epochOf(step));

  function onKeyDown(event: KeyboardEvent): void {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -5, PageUp: 5 }[event.key];
    const ends = { Home: checkpoints[0]?.step ?? null, End: null };
    if (by !== undefined) visit(stopFrom(checkpoints, at, by));
    else if (event.key === 'Home' || event.key === 'End') visit(ends[event.key]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function toPointer({ clientX }: PointerEvent): void {
    const box = track.current?.getBoundingClientRect();
    if (box === undefined) return;
    visitNear(scale.stepOf(from + ((clientX - box.x) / box.width) * (to - from)));
  }

  function onPointerDown(event: PointerEvent<HTMLDivElement>): void {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    toPointer(event);
  }

  return (
    <div
      className={css.slider}
      data-ticks={ticks.length > 0 || undefined}
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
        <div
          className={css.done}
          style={{ width: `${100 * Math.min(1, Math.max(0, shareOf(scale.epochOf(now))))}%` }}
        />
        <Ends isSeen={isStepSeen} leftOf={leftOf} />
        {checkpoints
          .filter(({ step }) => isStepSeen(step))
          .map(({ step }) => (
            <div key={step} className={css.checkpoint} style={leftOf(step)} />
          ))}
        {isStepSeen(shown) && (
          <div className={at === null ? `${css.thumb} ${css.atNow}` : css.thumb} style={leftOf(shown)} />
        )}
        {ticks.map((tick) => (
          <span key={tick} className={css.tick} style={left(tick)}>
            {tick}
          </span>
        ))}
      </div>
    </div>
  );
}

interface EndsProps {
  isSeen(step: number): boolean;
  leftOf(step: number): { readonly left: string };
}

/** Max number of marked ends of epochs. */
const MOST_ENDS = 50;

/** Marks at the ends of epochs and at the best epoch. */
function Ends({ isSeen, leftOf }: EndsProps) {
  const { history } = useRun.getState();
  const ends = history.map(({ step }) => step).filter(isSeen);
  const best = bestEpoch(history)?.step ?? null;
  return (
    <>
      {ends.length <= MOST_ENDS && ends.map((step) => <div key={step} className={css.epoch} style={leftOf(step)} />)}
      {best !== null && isSeen(best) && <div className={css.best} style={leftOf(best)} />}
    </>
  );
}
