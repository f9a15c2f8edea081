import { layerIn } from '../../../src/check/faces.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import type { TensorFacts } from '../../../src/protocol/look.ts';
import { type Language, same, type Text } from '../../../src/text.ts';
import { csvFile } from '../../ui/csv.ts';
import { matches } from '../../ui/search/match.ts';

/** A parameter or buffer of the network. */
export interface TensorRow {
  /** Name of the parameter (`conv1/weight`). */
  readonly name: string;
  readonly kind: Text;
  readonly tensor: TensorFacts;
}

/** Columns of numbers, in the order of the table. */
export const numberColumns = ['count', 'min', 'max', 'mean', 'std', 'norm', 'zeros', 'moved'] as const;
type NumberColumn = (typeof numberColumns)[number];
export type Column = 'name' | 'kind' | NumberColumn;

export interface Sorting {
  readonly column: Column | 'order';
  readonly down: boolean;
}

/** Value of a column; null if it is unknown. `norm` is the Euclidean norm, computed from mean and deviation. */
export function figureIn({ tensor: { now, moved } }: TensorRow, column: NumberColumn): number | null {
  if (column === 'moved') return moved;
  if (column === 'norm') return Math.sqrt(now.count * (now.mean ** 2 + now.std ** 2));
  return now[column];
}

export const rowsOf = (tensors: readonly TensorFacts[], document: NetworkDocument): readonly TensorRow[] =>
  tensors.map((tensor) => ({
    name: `${tensor.path}/${tensor.param}`,
    kind: layerIn(document, tensor.layer)?.title ?? same(tensor.layer),
    tensor,
  }));

/** Rows whose name or layer contains the query. */
export const found = (rows: readonly TensorRow[], query: string): readonly TensorRow[] =>
  query.trim() === ''
    ? rows
    : rows.filter(({ name, kind }) => matches(same(name), query) !== null || matches(kind, query) !== null);

/** Rows in that order; unknown values come last. */
export function sorted(
  rows: readonly TensorRow[],
  { column, down }: Sorting,
  language: Language,
): readonly TensorRow[] {
  if (column === 'order') return down ? rows.toReversed() : rows;
  const sign = down ? -1 : 1;
  if (column === 'name' || column === 'kind') {
    const words = new Intl.Collator(language, { numeric: true });
    const wordOf = (row: TensorRow): string => (column === 'name' ? row.name : row.kind[language]);
    return [...rows].sort((a, b) => sign * words.compare(wordOf(a), wordOf(b)));
  }
  return [...rows].sort((a, b) => {
    const [one, other] = [figureIn(a, column), figureIn(b, column)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    return sign * (one - other);
  });
}

/** The table as CSV: name, layer, type, shape, then the columns of numbers. */
export const csvOf = (
  rows: readonly TensorRow[],
  heads: Readonly<Record<Column | 'type' | 'shape', string>>,
  language: Language,
): Uint8Array<ArrayBuffer> =>
  csvFile([
    [heads.name, heads.kind, heads.type, heads.shape, ...numberColumns.map((column) => heads[column])],
    ...rows.map((row) => [
      row.name,
      row.kind[language],
      'float32',
      row.tensor.shape.join('×'),
      ...numberColumns.map((column) => figureIn(row, column)),
    ]),
  ]);
