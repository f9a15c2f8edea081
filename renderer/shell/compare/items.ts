import type { Comparison, Row } from '../../../src/compare/compare.ts';
import type { SettingDifference } from '../../../src/compare/settings.ts';

/** A line of the table. */
export type Item =
  | {
      readonly kind: 'row';
      readonly key: string;
      readonly row: Row;
      /** The blocks around it, from the outermost. */
      readonly around: readonly Row[];
      /** Null where there is nothing to unfold. */
      readonly open: boolean | null;
    }
  | { readonly kind: 'setting'; readonly key: string; readonly setting: SettingDifference };

interface ListView {
  readonly onlyDifferences: boolean;
  /** By key, where it is not as it starts. */
  readonly unfolded: ReadonlyMap<string, boolean>;
}

/** Blocks that changed start unfolded where they stand in the network itself. */
const startsOpen = ({ state }: Row, depth: number): boolean => state === 'changed' && depth === 0;

/** The lines of the table, from the first to the last. */
export function itemsOf({ rows, settings }: Comparison, { onlyDifferences, unfolded }: ListView): readonly Item[] {
  const below = (list: readonly Row[], around: readonly Row[]): Item[] =>
    list.flatMap((row): Item[] => {
      if (onlyDifferences && row.state === 'same') return [];
      const inside = hasInside(row) ? row.inside : [];
      const shown = onlyDifferences ? inside.filter(({ state }) => state !== 'same') : inside;
      const open = shown.length === 0 ? null : (unfolded.get(row.key) ?? startsOpen(row, around.length));
      const item: Item = { kind: 'row', key: row.key, row, around, open };
      return open ? [item, ...below(shown, [...around, row])] : [item];
    });
  return [...below(rows, []), ...settings.map((setting): Item => ({ kind: 'setting', key: setting.key, setting }))];
}

/** Known without comparing what is inside. */
const hasInside = ({ a, b }: Row): boolean => [a, b].some((side) => side?.category === 'blocks');

/** The drawings that a row's card stands in: down to the first copy of a block that is repeated. */
export function inward(row: Row): readonly Row[] {
  if (isDrawn(row)) return [row];
  const copy = row.inside.find(({ state }) => state === 'changed') ?? row.inside[0];
  return copy === undefined ? [] : [row, copy];
}

/** What is looked at. */
export interface Looking {
  readonly row: Row | null;
  /** The row whose card the pictures point at: that row, or the block that holds it where it has no card. */
  readonly card: Row | null;
  /** The blocks, from the outermost, whose inside the pictures show. */
  readonly around: readonly Row[];
}

const isDrawn = ({ a, b }: Row): boolean => Boolean(a?.inside ?? b?.inside);

/** Where the card of a row is seen. Copies of a block have none: theirs is that of the block. */
export function pictured({ row, around }: Pick<Looking, 'row' | 'around'>): Looking {
  const last = around.at(-1);
  if (last === undefined || isDrawn(last)) return { row, card: row, around };
  return { ...pictured({ row: last, around: around.slice(0, -1) }), row };
}
