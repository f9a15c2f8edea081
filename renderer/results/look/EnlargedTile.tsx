import { type PointerEvent, useState } from 'react';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { cellWords } from './cellWords.ts';
import css from './EnlargedTile.module.css';
import { Mark } from './Lens.tsx';
import { Pixels } from './Pixels.tsx';
import { type Cell, cellAt, type Tile } from './tiles.ts';

interface Props {
  readonly tile: Tile;
  readonly name: string;
  onClose(): void;
}

/** Enlarged image that stays open while training continues and samples change. */
export function EnlargedTile({ tile, name, onClose }: Props) {
  const { say } = useWords();
  const [pointed, setPointed] = useState<{ across: number; down: number } | null>(null);
  const { width, height } = tile.raster;
  const cell: Cell | null = pointed === null ? null : cellAt(tile, pointed.across, pointed.down);

  function onPointerMove(event: PointerEvent<HTMLDivElement>): void {
    const box = event.currentTarget.getBoundingClientRect();
    setPointed({ across: (event.clientX - box.x) / box.width, down: (event.clientY - box.y) / box.height });
  }

  return (
    <section className={css.kept} aria-label={name}>
      <h3 className={css.title}>
        {name}
        <Button label={say('look.letGo')} icon="close" onClick={onClose} />
      </h3>
      <div
        className={css.frame}
        style={{ aspectRatio: `${width} / ${height}` }}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setPointed(null)}
      >
        <Pixels raster={tile.raster} label={name} className={css.image} />
        {cell !== null && <Mark cell={cell} />}
      </div>
      <p className={css.words}>{cell === null ? say('look.point') : cellWords(say, tile, cell)}</p>
    </section>
  );
}
