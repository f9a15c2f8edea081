import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { mainField } from '../../../src/data/prepared.ts';
import { useRowsInSight } from '../../ui/controls/useRowsInSight.ts';
import { SampleImage } from './SampleImage.tsx';
import css from './Samples.module.css';
import { targetText, useSample } from './sampleStore.ts';

/** Caption of a sample. */
export interface Caption {
  /** Index in the dataset. */
  readonly index: number;
  /** Null: its target, once it is loaded. */
  readonly words: string | null;
  readonly more: string;
  /** Full text for screen readers and the tooltip. */
  readonly title: string;
}

interface Props {
  readonly label: string;
  readonly count: number;
  caption(at: number): Caption;
  onChoose(index: number): void;
}

/** Size of an item with its gap, in pixels. */
const ITEM = { width: 78, height: 104 };

/** A grid of any number of samples with captions; only visible rows are mounted. Arrow keys move, Enter chooses. */
export function SampleGrid({ label, count, caption, onChoose }: Props) {
  const frame = useRef<HTMLUListElement>(null);
  const [width, setWidth] = useState(ITEM.width);
  const columns = Math.max(1, Math.floor(width / ITEM.width));
  const [active, setActive] = useState(0);
  const focusNext = useRef(false);
  useEffect(() => {
    const list = frame.current;
    if (list === null) return;
    const measure = new ResizeObserver(() => setWidth(list.clientWidth));
    measure.observe(list);
    return () => measure.disconnect();
  }, []);

  const at = Math.min(active, count - 1);
  const { rows, height } = useRowsInSight({
    count: Math.ceil(count / columns),
    rowHeight: ITEM.height,
    at: Math.floor(at / columns),
    frame,
  });
  function walk(event: KeyboardEvent): void {
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      ArrowDown: at + columns,
      ArrowUp: at - columns,
      Home: 0,
      End: count - 1,
    };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(count - 1, to));
    focusNext.current = true;
    setActive(next);
  }

  return (
    <ul ref={frame} aria-label={label} className={css.grid}>
      <li aria-hidden="true" style={{ height: height }} />
      {rows.flatMap(({ index: row, start }) =>
        Array.from({ length: Math.min(columns, count - row * columns) }, (_, column) => {
          const place = row * columns + column;
          return (
            <li
              key={place}
              style={{ transform: `translate(${(column * width) / columns}px, ${start}px)` }}
              className={css.item}
            >
              <SampleButton
                caption={caption(place)}
                tabStop={place === at}
                focusNext={focusNext}
                onFocus={() => setActive(place)}
                onChoose={onChoose}
                onKey={walk}
              />
            </li>
          );
        }),
      )}
    </ul>
  );
}

interface ButtonProps {
  readonly caption: Caption;
  readonly tabStop: boolean;
  /** True if the tab stop gets the focus as soon as it is mounted. */
  readonly focusNext: { current: boolean };
  onFocus(): void;
  onChoose(index: number): void;
  onKey(event: KeyboardEvent): void;
}

function SampleButton({ caption, tabStop, focusNext, onFocus, onChoose, onKey }: ButtonProps) {
  const { index, words, more, title } = caption;
  const button = useRef<HTMLButtonElement>(null);
  const sample = useSample(index);
  const field = mainField(sample?.inputs ?? []);
  useEffect(() => {
    if (!tabStop || !focusNext.current) return;
    focusNext.current = false;
    button.current?.focus({ preventScroll: true });
  }, [tabStop, focusNext]);
  return (
    <button
      ref={button}
      type="button"
      className={css.sample}
      // Its content is its name where the sample itself gives the words; else the name ends with the visible words.
      aria-label={words === null ? undefined : `${title} · ${words} ${more}`}
      title={title}
      tabIndex={tabStop ? 0 : -1}
      onFocus={onFocus}
      onClick={() => onChoose(index)}
      onKeyDown={onKey}
    >
      {field === undefined ? <span className={css.image} /> : <SampleImage field={field} />}
      <span className={css.words}>{words ?? (sample === null ? '' : targetText(sample))}</span>{' '}
      <span className={css.more}>{more}</span>
    </button>
  );
}
