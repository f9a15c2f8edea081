import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Comparison, Row, Side } from '../../../src/compare/compare.ts';
import type { Other } from '../../state/stores/compareStore.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { ComparePane, type Pane } from './ComparePane.tsx';
import css from './ComparePictures.module.css';
import type { Looking } from './items.ts';

interface Props {
  readonly a: Other;
  readonly b: Other;
  readonly comparison: Comparison;
  readonly looking: Looking;
  onLook(looking: Looking): void;
  /** Shows the inside of a block. */
  onEnter(row: Row, around: readonly Row[]): void;
}

/** At scale `readable`, text on cards is 9 pixels high. */
const ZOOM = { least: 0.1, most: 1.5, step: 1.25, readable: 0.75 } as const;
const clamp = (zoom: number): number => Math.min(ZOOM.most, Math.max(ZOOM.least, zoom));

/** Both networks at the same scale, scrolled together; a selected row shows its card in both. */
export function ComparePictures({ a, b, comparison, looking, onLook, onEnter }: Props) {
  const { say, tell } = useWords();
  const { around, card } = looking;
  const panes = useRef<(Pane | null)[]>([null, null]);
  const [zoom, setZoom] = useState(1);
  const level = around.at(-1);
  const rows = level?.inside ?? comparison.rows;
  const inside = (side: Side | null | undefined) =>
    side?.inside ? { document: side.inside.drawing, check: side.inside.check } : null;
  const drawings = level === undefined ? [a, b] : [inside(level.a), inside(level.b)];

  const showAll = useCallback((least: number = ZOOM.least) => {
    const factors = panes.current.flatMap((pane) => pane?.fitting() ?? []);
    const all = clamp(Math.min(1, ...factors));
    // A network that needs little scrolling is shown at a readable scale.
    setZoom(all > least / 2 ? Math.max(all, least) : all);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other networks are fitted again
  useLayoutEffect(() => showAll(ZOOM.readable), [showAll, comparison, level]);

  useEffect(() => {
    for (const pane of panes.current) pane?.reveal(card);
  }, [card]);

  const zoomBy = useCallback((factor: number) => setZoom((before) => clamp(before * factor)), []);
  const follow = (from: number, x: number, y: number): void => panes.current[1 - from]?.scrollBy(x, y);

  return (
    <div className={css.pictures}>
      <div className={css.bar}>
        <nav aria-label={say('compare.where')} className={css.where}>
          <button
            type="button"
            className={css.crumb}
            disabled={around.length === 0}
            onClick={() => onLook({ row: null, card: null, around: [] })}
          >
            {say('compare.whole')}
          </button>
          {around.map((row, i) => (
            <span key={row.key} className={css.step}>
              <span aria-hidden="true">▸</span>
              <button
                type="button"
                className={css.crumb}
                disabled={i === around.length - 1}
                onClick={() => onEnter(row, around.slice(0, i))}
              >
                {(row.b ?? row.a)?.name}
              </button>
            </span>
          ))}
        </nav>
        {card !== null && card.inside.length > 0 && (
          <Button look="outlined" label={say('compare.enter')} hint="Enter" onClick={() => onEnter(card, around)}>
            {say('compare.enter')}
          </Button>
        )}
        <span className={css.space} />
        <Button icon="zoomOut" label={say('command.canvasZoomOut')} onClick={() => zoomBy(1 / ZOOM.step)} />
        <span className={css.zoom}>{`${Math.round(zoom * 100)}%`}</span>
        <Button icon="zoomIn" label={say('command.canvasZoomIn')} onClick={() => zoomBy(ZOOM.step)} />
        <Button icon="fit" label={say('compare.fit')} onClick={() => showAll()} />
      </div>
      <div className={css.panes}>
        {([a, b] as const).map((network, i) => (
          <ComparePane
            key={i === 0 ? 'a' : 'b'}
            ref={(pane) => {
              panes.current[i] = pane;
            }}
            which={i === 0 ? 'a' : 'b'}
            name={tell(network.name)}
            drawing={drawings[i] ?? null}
            rows={rows}
            card={card}
            zoom={zoom}
            onScroll={(x, y) => follow(i, x, y)}
            onZoom={zoomBy}
            onSelect={(row) => onLook({ row, card: row, around })}
            onEnter={(row) => onEnter(row, around)}
          />
        ))}
      </div>
    </div>
  );
}
