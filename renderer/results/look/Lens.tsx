import { useWords } from '../../ui/i18n/i18n.ts';
import { cellWords } from './cellWords.ts';
import css from './Lens.module.css';
import { Pixels } from './Pixels.tsx';
import type { Cell, Tile } from './tiles.ts';

/** Target of the pointer: the image, the element under the pointer, and the position in the window. */
export interface LensTarget {
  readonly index: number;
  readonly cell: Cell | null;
  readonly x: number;
  readonly y: number;
}

const SIZE = 184;
const AWAY = 18;

interface Props {
  readonly tile: Tile;
  readonly pointed: LensTarget;
  readonly name: string;
}

/** Enlarged image beside the pointer, with the value under the pointer. */
export function Lens({ tile, pointed: { cell, x, y }, name }: Props) {
  const { say } = useWords();
  const { width, height } = tile.raster;
  const share = SIZE / Math.max(width, height);
  const left = x + AWAY + SIZE + 16 > innerWidth ? x - AWAY - SIZE - 16 : x + AWAY;
  return (
    <div className={css.lens} style={{ left, bottom: Math.max(8, innerHeight - y + AWAY) }} aria-hidden="true">
      <div className={css.frame}>
        <Pixels raster={tile.raster} style={{ width: width * share, height: height * share }} />
        {cell !== null && <Mark cell={cell} />}
      </div>
      <p className={css.words}>
        <b>{name}</b>
        {cell !== null && cellWords(say, tile, cell)}
      </p>
    </div>
  );
}

/** Frame around the element under the pointer. */
export function Mark({ cell: { box } }: { readonly cell: Cell }) {
  const share = (value: number): string => `${100 * value}%`;
  return (
    <div
      className={css.mark}
      style={{ left: share(box.left), top: share(box.top), width: share(box.width), height: share(box.height) }}
    />
  );
}
