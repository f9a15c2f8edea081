import { type CSSProperties, type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useWords } from '../../ui/i18n/i18n.ts';
import { Lens, type LensTarget } from './Lens.tsx';
import { Pixels } from './Pixels.tsx';
import { ScaleKey } from './ScaleKey.tsx';
import css from './TileGrid.module.css';
import { cellAt, type Tile, type Tiles } from './tiles.ts';

interface Props {
  readonly title: string;
  readonly tiles: Tiles;
  /** Name of an image. */
  name(index: number): string;
  readonly kept: number | null;
  onKeep(index: number | null): void;
}

/** Preferred number of rows, used unless the images become too small. */
const rowsOf = (count: number): number => (count <= 8 ? 2 : count <= 32 ? 3 : 4);

/** Grid of small images. Hovering enlarges one, a click keeps it large. Arrow keys move between the images. */
export function TileGrid({ title, tiles, name, kept, onKeep }: Props) {
  const { say } = useWords();
  const [pointed, setPointed] = useState<LensTarget | null>(null);
  const [current, setCurrent] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const shown = tiles.tiles;

  function onPointerMove(event: PointerEvent<HTMLButtonElement>, tile: Tile): void {
    const image = event.currentTarget.querySelector('canvas')?.getBoundingClientRect();
    if (image === undefined) return;
    const [across, down] = [(event.clientX - image.x) / image.width, (event.clientY - image.y) / image.height];
    setPointed({ index: tile.index, cell: cellAt(tile, across, down), x: event.clientX, y: event.clientY });
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const ends = { Home: 0, End: shown.length - 1 }[event.key];
    const next = ends ?? (step === undefined ? undefined : current + step);
    if (next === undefined || next < 0 || next >= shown.length) return;
    event.preventDefault();
    setCurrent(next);
    list.current?.querySelectorAll('button')[next]?.focus();
  }

  const under = pointed === null ? undefined : shown[pointed.index];
  return (
    <section className={css.grid} aria-label={title}>
      <h3 className={css.title}>
        {title}
        <span className={css.count}>
          {tiles.count > shown.length
            ? say('look.first', { shown: shown.length, count: tiles.count })
            : `${tiles.count}`}
        </span>
        {tiles.colors ? (
          <span className={css.colors}>{say('look.colors')}</span>
        ) : (
          <ScaleKey limit={tiles.limit} signed={tiles.signed} />
        )}
      </h3>
      <ul
        ref={list}
        className={css.tiles}
        style={{ '--rows': rowsOf(shown.length) } as CSSProperties}
        onKeyDown={onKeyDown}
      >
        {shown.map((tile) => (
          <li key={tile.index}>
            <button
              type="button"
              tabIndex={tile.index === Math.min(current, shown.length - 1) ? 0 : -1}
              className={tile.silent ? `${css.tile} ${css.silent}` : css.tile}
              aria-label={tile.silent ? say('look.silent', { name: name(tile.index) }) : name(tile.index)}
              aria-pressed={kept === tile.index}
              onClick={() => onKeep(kept === tile.index ? null : tile.index)}
              onFocus={() => setCurrent(tile.index)}
              onPointerMove={(event) => onPointerMove(event, tile)}
              onPointerLeave={() => setPointed(null)}
            >
              <Pixels raster={tile.raster} className={css.image} style={tileSize(tile)} />
              {tile.silent && <span className={css.zero}>0</span>}
            </button>
          </li>
        ))}
      </ul>
      {pointed !== null && under !== undefined && <Lens tile={under} pointed={pointed} name={name(under.index)} />}
    </section>
  );
}

/** All images have the same length on their longer side. */
function tileSize({ raster: { width, height } }: Tile): CSSProperties {
  const longest = Math.max(width, height);
  const side = (length: number): string => `max(4px, calc(var(--tile) * ${length / longest}))`;
  return { width: side(width), height: side(height) };
}
