import type { Comparison, Row } from '../../../src/compare/compare.ts';
import type { SettingDifference } from '../../../src/compare/settings.ts';

/** A line of the table. */
export type Item =
  | {
      readonly kind: 'row';
      readonly key: string;
      readonly row: Row;
      /** The enclosing blocks, outermost first. */
      readonly around: readonly Row[];
      /** Null if there is nothing to unfold. */
      readonly open: boolean | null;
    }
  | { readonly kind: 'setting'; readonly key: string; readonly setting: SettingDifference };

interface ListView {
  readonly onlyDifferences: boolean;
  /** Rows by key whose state differs from the initial one. */
  readonly unfolded: ReadonlyMap<string, boolean>;
}

/** Changed blocks at the top level of the network start unfolded. */
const startsOpen = ({ state }: Row, depth: number): boolean => state === 'changed' && depth === 0;

/** The lines of the table, in order. */
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

/** Decided by category, because the inside is compared only when needed. */
const hasInside = ({ a, b }: Row): boolean => [a, b].some((side) => side?.category === 'blocks');

/** Blocks to open to show the inside of a row: the row, or its first changed copy if it is a repeated block. */
export function inward(row: Row): readonly Row[] {
  if (isDrawn(row)) return [row];
  const copy = row.inside.find(({ state }) => state === 'changed') ?? row.inside[0];
  return copy === undefined ? [] : [row, copy];
}

/** The selected row and its position in both diagrams. */
export interface Looking {
  readonly row: Row | null;
  /** The row whose card is highlighted: the selected row, or its enclosing block if it has no card. */
  readonly card: Row | null;
  /** The blocks, outermost first, whose inside is shown. */
  readonly around: readonly Row[];
}

const isDrawn = ({ a, b }: Row): boolean => Boolean(a?.inside ?? b?.inside);

/** Position of a row's card. The copies of a block have no cards; they are shown at the card of the block. */
export function pictured({ row, around }: Pick<Looking, 'row' | 'around'>): Looking {
  const last = around.at(-1);
  if (last === undefined || isDrawn(last)) return { row, card: row, around };
  return { ...pictured({ row: last, around: around.slice(0, -1) }), row };
}
