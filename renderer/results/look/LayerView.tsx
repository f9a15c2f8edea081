import { useMemo } from 'react';
import type { LookedLayer, LookedMaps, LookedSample } from '../../../src/protocol/look.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { EnlargedTile } from './EnlargedTile.tsx';
import css from './LayerView.module.css';
import { type PinnedTile, useLook } from './lookStore.ts';
import { OutputBars } from './OutputBars.tsx';
import { isClassifier } from './operation.ts';
import type { LookReply } from './requests.ts';
import type { Station } from './stations.ts';
import { TileGrid } from './TileGrid.tsx';
import { type Tiles, tilesOfImages, tilesOfMaps } from './tiles.ts';
import { useScale } from './useScale.ts';
import { WeightsView } from './WeightsView.tsx';

interface Props {
  readonly station: Station;
  readonly looked: NonNullable<LookReply['looked']>;
}

/** View of one layer: its weights, its filters as images, and its output for the sample. */
export function LayerView({ station, looked }: Props) {
  const layer = looked.layers[0];
  if (layer === undefined) return null;
  return <Inside station={station} layer={layer} sample={looked.sample} />;
}

interface InsideProps {
  readonly station: Station;
  readonly layer: LookedLayer;
  readonly sample: LookedSample | null;
}

function Inside({ station, layer: { path, weights, maps }, sample }: InsideProps) {
  const { say } = useWords();
  const scale = useScale();
  const kept = useLook((state) => state.kept);
  const filters = useMemo(
    () =>
      weights.flatMap(({ param, images }) => (images === null ? [] : [{ param, tiles: tilesOfImages(images, scale) }])),
    [weights, scale],
  );
  const shown = useMemo(() => (maps === null || isRow(maps) ? null : tilesOfMaps(maps, scale)), [maps, scale]);
  const linear = station.card.category === 'linear';
  const nameOf = (of: PinnedTile['of'], index: number): string =>
    say(of === 'maps' ? 'look.map' : linear ? 'look.unit' : 'look.filter', { index: index + 1 });
  const grid = (of: PinnedTile['of'], title: string, tiles: Tiles) => {
    const here = kept !== null && kept.path === path && sameSort(kept.of, of);
    return (
      <TileGrid
        title={title}
        tiles={tiles}
        name={(index) => nameOf(of, index)}
        kept={here ? kept.index : null}
        onKeep={(index) => useLook.getState().keep(index === null ? null : { path, of, index })}
      />
    );
  };
  const of = kept?.path === path ? kept.of : null;
  const among = of === 'maps' ? shown : filters.find(({ param }) => param === of?.param)?.tiles;
  const large = of === null ? undefined : among?.tiles[kept?.index ?? 0];
  return (
    <div className={css.layer}>
      {weights.length > 0 && <WeightsView weights={weights} />}
      {filters.map(({ param, tiles }) => (
        <div key={param} className={css.part}>
          {grid({ param }, say(linear ? 'look.units' : 'look.filters'), tiles)}
        </div>
      ))}
      {shown !== null && <div className={css.part}>{grid('maps', say('look.maps'), shown)}</div>}
      {maps !== null && isRow(maps) && (
        <OutputBars maps={maps} label={sample?.label ?? null} classes={isClassifier(station.card)} />
      )}
      {large !== undefined && of !== null && (
        <EnlargedTile tile={large} name={nameOf(of, large.index)} onClose={() => useLook.getState().keep(null)} />
      )}
    </div>
  );
}

const isRow = ({ height, width }: LookedMaps): boolean => height * width === 1;

const sameSort = (a: PinnedTile['of'], b: PinnedTile['of']): boolean =>
  a === 'maps' || b === 'maps' ? a === b : a.param === b.param;
