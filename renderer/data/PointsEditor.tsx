import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { type DrawnPoint, MOST_POINT_CLASSES, MOST_POINTS } from '../../src/graph/document.ts';
import { useDocument } from '../state/stores/stores.ts';
import { Button } from '../ui/controls/Button.tsx';
import { figure } from '../ui/i18n/figure.ts';
import { useWords } from '../ui/i18n/i18n.ts';
import { whole } from '../ui/i18n/numbers.ts';
import { PointKey, PointMark } from './PointMark.tsx';
import css from './PointsEditor.module.css';

/** The plane reaches from −REACH to REACH on both axes. */
const REACH = 3;
const SIZE = 400;
const SCALE = SIZE / (2 * REACH);
/** Distance within which a point is erased. */
const NEAR = 0.15;
const STEP = 0.1;
const LARGE_STEP = 0.5;

const ERASE = 'erase';
type Tool = number | typeof ERASE;
type Place = readonly [x: number, y: number];

const rounded = (value: number): number => Math.round(Math.max(-REACH, Math.min(REACH, value)) * 100) / 100;
const placed = ([x, y]: Place): string => `translate(${(x + REACH) * SCALE} ${(REACH - y) * SCALE}) scale(1.6)`;

/** The point nearest to a place; null for none within `NEAR`. */
function nearestTo(points: readonly DrawnPoint[], [x, y]: Place): DrawnPoint | null {
  const distance = ([a, b]: DrawnPoint) => Math.hypot(a - x, b - y);
  const nearest = points.toSorted((a, b) => distance(a) - distance(b))[0];
  return nearest !== undefined && distance(nearest) <= NEAR ? nearest : null;
}

/** A plane in which the user draws samples of classes, by mouse or keyboard. Each point is an undo step. */
export function PointsEditor({ points }: { readonly points: readonly DrawnPoint[] }) {
  const { say } = useWords();
  const [tool, setTool] = useState<Tool>(0);
  const [added, setAdded] = useState(2);
  const [cursor, setCursor] = useState<Place>([0, 0]);
  const [refusal, setRefusal] = useState<'data.pointsFull' | 'data.pointsNone' | null>(null);
  const classes = Math.max(added, ...points.map(([, , label]) => label + 1));
  const tools: readonly Tool[] = [...Array.from({ length: classes }, (_, label) => label), ERASE];
  const toolName = (each: Tool) =>
    each === ERASE ? say('data.pointsErase') : say('data.pointsClass', { label: each });

  function change(next: readonly DrawnPoint[]): void {
    const { root, editRoot } = useDocument.getState();
    editRoot([{ kind: 'setData', data: { ...root.data, points: next } }]);
  }
  function use(place: Place, by: Tool = tool): void {
    setCursor(place);
    setRefusal(null);
    const now = useDocument.getState().root.data.points ?? [];
    if (by !== ERASE) {
      if (now.length < MOST_POINTS) change([...now, [...place, by]]);
      else setRefusal('data.pointsFull');
      return;
    }
    const erased = nearestTo(now, place);
    if (erased === null) setRefusal('data.pointsNone');
    else change(now.filter((point) => point !== erased));
  }
  function onPointerDown(event: PointerEvent<SVGSVGElement>): void {
    if (event.button !== 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    use([rounded((2 * x - 1) * REACH), rounded((1 - 2 * y) * REACH)]);
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? LARGE_STEP : STEP;
    const moves: Readonly<Record<string, Place>> = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, step],
      ArrowDown: [0, -step],
    };
    const move = moves[event.key];
    const digit = /^[0-9]$/.test(event.key) ? Number(event.key) : null;
    if (move !== undefined) setCursor(([x, y]) => [rounded(x + move[0]), rounded(y + move[1])]);
    else if (event.key === 'Enter' || event.key === ' ') use(cursor);
    else if (event.key === 'Delete' || event.key === 'Backspace') use(cursor, ERASE);
    else if (digit !== null && digit < classes) setTool(digit);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <section aria-label={say('data.pointsPad')} className={css.editor}>
      <fieldset className={css.tools}>
        <legend>{say('data.pointsTool')}</legend>
        {tools.map((each) => (
          <label key={each}>
            <input type="radio" name="points-tool" checked={tool === each} onChange={() => setTool(each)} />
            {each !== ERASE && <PointKey label={each} />}
            {toolName(each)}
          </label>
        ))}
      </fieldset>
      <div className={css.buttons}>
        <Button
          label={say('data.pointsNewClass')}
          look="outlined"
          disabled={classes === MOST_POINT_CLASSES}
          onClick={() => {
            setAdded(classes + 1);
            setTool(classes);
          }}
        >
          {say('data.pointsNewClass')}
        </Button>
        <Button
          label={say('data.pointsClear')}
          look="outlined"
          disabled={points.length === 0}
          onClick={() => change([])}
        >
          {say('data.pointsClear')}
        </Button>
      </div>
      <svg
        className={css.plane}
        viewBox={`0 0 ${SIZE} ${SIZE}`}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys and Enter draw here
        tabIndex={0}
        aria-label={say('data.pointsPad')}
        aria-description={say('data.pointsHelp')}
        onPointerDown={onPointerDown}
        onKeyDown={onKeyDown}
      >
        <path className={css.axes} d={`M0 ${SIZE / 2}H${SIZE}M${SIZE / 2} 0V${SIZE}`} />
        {points.map(([x, y, label], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: points have no identity except their position
          <PointMark key={at} label={label} transform={placed([x, y])} />
        ))}
        <path className={css.cursor} d="M-9 0H9M0-9V9" transform={placed(cursor)} />
      </svg>
      <p role="status">
        {say('data.pointsCount', {
          count: points.length,
          most: whole(MOST_POINTS),
          x: figure(cursor[0]),
          y: figure(cursor[1]),
        })}
      </p>
      {refusal !== null && <p role="alert">{say(refusal, { most: whole(MOST_POINTS) })}</p>}
      <p>{say('data.pointsHelp')}</p>
    </section>
  );
}
