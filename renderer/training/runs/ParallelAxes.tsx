import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { RunRecord } from '../../../src/runs/record.ts';
import type { Measure } from '../../../src/sweep/summary.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { figureOf } from './figures.ts';
import css from './Group.module.css';
import { type Axis, type Brush, isInside, RESULT, ranks, withEnd } from './parallel.ts';
import { numberedName } from './runNumbers.ts';
import { useRunsView } from './runsViewStore.ts';
import { settingText } from './settingWords.ts';
import { useRunNumbers } from './useRunNumbers.ts';

interface Props {
  readonly runs: readonly RunRecord[];
  readonly axes: readonly Axis[];
  readonly measure: Measure;
}

const HEIGHT = 190;
const TOP = 30;
const BOTTOM = 14;
const SIDE = 74;
/** Above this number of runs, lines are thinner. */
const MANY = 60;
/** Movement of a brush end per arrow key press, as a share of the axis. */
const STEP = 0.05;

const yOf = (place: number): number => TOP + (1 - place) * (HEIGHT - TOP - BOTTOM);
const placeOf = (y: number): number => 1 - (y - TOP) / (HEIGHT - TOP - BOTTOM);

/** Parallel coordinates: one line per run through its values. A brush on an axis also filters the table. */
export function ParallelAxes({ runs, axes, measure }: Props) {
  const { say, language } = useWords();
  const numbers = useRunNumbers();
  const host = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(600);
  const brushes = useRunsView((state) => state.brushes);
  const pointed = useRunsView((state) => state.pointed);
  const selected = useRunsView((state) => state.selected);
  const colors = useRunsView((state) => state.colors);
  useEffect(() => {
    const frame = host.current;
    if (frame === null) return;
    const resize = new ResizeObserver(() => setWidth(Math.max(240, frame.clientWidth)));
    resize.observe(frame);
    return () => resize.disconnect();
  }, []);
  const order = useMemo(() => ranks(runs, measure), [runs, measure]);
  const gap = (width - 2 * SIDE) / Math.max(1, axes.length - 1);
  const xOf = (index: number): number => SIDE + index * gap;
  // The best run is drawn on top, excluded runs at the bottom.
  const drawn = useMemo(
    () => [...runs].sort((a, b) => (order.get(a.id) ?? -1) - (order.get(b.id) ?? -1)),
    [runs, order],
  );
  const { point, select, setBrushes } = useRunsView.getState();
  const setBrush = (id: string, brush: Brush | null): void => {
    const { [id]: _, ...others } = useRunsView.getState().brushes;
    setBrushes(brush === null ? others : { ...others, [id]: brush });
  };
  return (
    <section className={css.group} aria-label={say('runs.parallel')}>
      <div className={css.groupHead}>
        <h3>{say('runs.parallel')}</h3>
        <span className={css.note}>{say('runs.parallelHint')}</span>
        {Object.keys(brushes).length > 0 && (
          <Button label={say('runs.clearBrushes')} onClick={() => setBrushes({})}>
            {say('runs.clearBrushes')}
          </Button>
        )}
      </div>
      <div ref={host} className={css.axes} data-many={runs.length > MANY || undefined}>
        <svg width={width} height={HEIGHT} aria-label={say('runs.parallel')}>
          <g>
            {drawn.map((run) => {
              const rank = order.get(run.id);
              const inside = isInside(run, axes, brushes);
              const lit = run.id === pointed || selected.has(run.id);
              const path = axes.flatMap((axis, i) => {
                const place = axis.place(run);
                return place === null ? [] : [`${xOf(i).toFixed(1)},${yOf(place).toFixed(1)}`];
              });
              return (
                // biome-ignore lint/a11y/noStaticElementInteractions: the table offers the same to the keyboard
                <polyline
                  key={run.id}
                  className={css.line}
                  points={path.join(' ')}
                  data-run={run.id}
                  data-out={!inside || undefined}
                  data-lit={lit || undefined}
                  data-waiting={rank === undefined || undefined}
                  data-own={(selected.has(run.id) && colors.has(run.id)) || undefined}
                  style={
                    {
                      '--rank': `${Math.round(100 * (rank ?? 0))}%`,
                      '--own': `var(${colors.get(run.id) ?? '--accent'})`,
                    } as React.CSSProperties
                  }
                  onPointerEnter={() => point(run.id)}
                  onPointerLeave={() => point(null)}
                  onClick={(event) => select(event.ctrlKey || event.metaKey ? [...selected, run.id] : [run.id])}
                >
                  <title>{numberedName(run, numbers, language)}</title>
                </polyline>
              );
            })}
          </g>
          {axes.map((axis, i) => (
            <AxisLine
              key={axis.id}
              axis={axis}
              x={xOf(i)}
              measure={measure}
              brush={brushes[axis.id]}
              onBrush={(brush) => setBrush(axis.id, brush)}
            />
          ))}
        </svg>
      </div>
    </section>
  );
}

interface AxisProps {
  readonly axis: Axis;
  readonly x: number;
  readonly measure: Measure;
  readonly brush: Brush | undefined;
  onBrush(brush: Brush | null): void;
}

function AxisLine({ axis, x, measure, brush, onBrush }: AxisProps) {
  const { say, pick } = useWords();
  const start = useRef<number | null>(null);
  const isResult = axis.id === RESULT;
  const name = isResult ? say(`runs.axis.${measure}`) : pick(axis.label);
  const write = (value: Axis['ticks'][number]['value']): string => {
    if (value === null) return say('runs.nothing');
    if (typeof value === 'number') return isResult ? figureOf(value, measure) : String(value);
    return pick(settingText(axis.id, value));
  };

  function at(event: PointerEvent<SVGRectElement>): number {
    const box = event.currentTarget.ownerSVGElement?.getBoundingClientRect() ?? new DOMRect();
    return Math.min(1, Math.max(0, placeOf(event.clientY - box.top)));
  }
  function drag(event: PointerEvent<SVGRectElement>): void {
    if (start.current === null) return;
    const now = at(event);
    // A click without a drag removes the brush.
    const isPress = Math.abs(now - start.current) < 0.02;
    onBrush(isPress ? null : { from: Math.min(start.current, now), to: Math.max(start.current, now) });
  }

  return (
    <g>
      <text className={css.axisName} x={x} y={14} textAnchor="middle">
        {short(name)}
        <title>{name}</title>
      </text>
      <line className={css.axis} x1={x} x2={x} y1={yOf(1)} y2={yOf(0)} />
      {axis.ticks.map((tick) => (
        <text key={String(tick.value)} className={css.tick} x={x - 7} y={yOf(tick.at) + 3.5} textAnchor="end">
          {short(write(tick.value))}
        </text>
      ))}
      {brush !== undefined && (
        <rect
          className={css.brush}
          x={x - 6}
          width={12}
          y={yOf(brush.to)}
          height={Math.max(2, yOf(brush.from) - yOf(brush.to))}
        />
      )}
      <rect
        className={css.grip}
        x={x - 12}
        width={24}
        y={yOf(1) - 6}
        height={yOf(0) - yOf(1) + 12}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          start.current = at(event);
        }}
        onPointerMove={drag}
        onPointerUp={(event) => {
          drag(event);
          start.current = null;
        }}
      />
      {(['from', 'to'] as const).map((end) => (
        <BrushEnd key={end} end={end} x={x} name={name} brush={brush} onBrush={onBrush} />
      ))}
    </g>
  );
}

interface EndProps extends Pick<AxisProps, 'x' | 'brush' | 'onBrush'> {
  readonly end: 'from' | 'to';
  readonly name: string;
}

/** Keyboard handle for one end of a brush: arrow keys move it, Home and End move it to the ends of the axis. */
function BrushEnd({ end, x, name, brush, onBrush }: EndProps) {
  const { say } = useWords();
  const place = brush?.[end] ?? (end === 'from' ? 0 : 1);
  function onKeyDown(event: KeyboardEvent): void {
    const steps: Readonly<Record<string, number>> = {
      ArrowUp: place + STEP,
      ArrowRight: place + STEP,
      ArrowDown: place - STEP,
      ArrowLeft: place - STEP,
      Home: 0,
      End: 1,
    };
    const to = steps[event.key];
    if (to !== undefined) onBrush(withEnd(brush, end, Number(to.toFixed(4))));
    else if (event.key === 'Escape' && brush !== undefined) onBrush(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  const y = yOf(place) + (end === 'from' ? 3 : -3);
  return (
    <path
      className={css.end}
      d={`M${x - 6} ${y}h12`}
      role="slider"
      tabIndex={0}
      aria-label={say(end === 'from' ? 'runs.axisFrom' : 'runs.axisTo', { axis: name })}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(100 * place)}
      onKeyDown={onKeyDown}
    />
  );
}

/** Label shortened to the room beside an axis. */
const short = (words: string): string => (words.length > 18 ? `…${words.slice(-17)}` : words);
