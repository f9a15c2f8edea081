import type { CheckResult, NodeReport } from '../../../src/check/checkedGraph.ts';
import { layerIn } from '../../../src/check/faces.ts';
import { leafReports } from '../../../src/check/leafReports.ts';
import { readWiring } from '../../../src/check/order.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { shapeText } from '../../../src/layers/config.ts';
import type { Category } from '../../../src/layers/layer.ts';
import { type Language, same, type Text } from '../../../src/text.ts';
import { matches } from '../../ui/search/match.ts';

/** Cost of one layer. */
export interface CostRow {
  /** Path of node ids; more than one id for a layer inside a block. */
  readonly id: string;
  /** Id of the node on the canvas that is or contains the layer. */
  readonly node: string;
  readonly name: string;
  readonly layer: string;
  readonly category: Category | 'unknown';
  readonly kind: Text;
  /** Output shape; for an output layer, its input shape. Empty if unknown. */
  readonly shape: string;
  /** Number of elements in `shape`. */
  readonly size: number;
  readonly trainable: number;
  readonly frozen: number;
  /** MACs per sample. */
  readonly macs: number;
  /** Bytes of the outputs, per sample. */
  readonly activation: number;
}

/** Columns of numbers. The shape column sorts by number of elements. */
export const numberColumns = ['trainable', 'frozen', 'macs', 'activation'] as const;
export type NumberColumn = (typeof numberColumns)[number];
export const columns = ['order', 'name', 'kind', 'shape', ...numberColumns] as const;
export type Column = (typeof columns)[number];

export interface Sorting {
  readonly column: Column;
  readonly down: boolean;
}

const count = (shape: readonly number[] | undefined): number => shape?.reduce((a, b) => a * b, 1) ?? 0;

const rowOf = (doc: NetworkDocument, node: string, report: NodeReport): CostRow => {
  const layer = layerIn(doc, report.layer);
  const [output] = Object.values(report.outputs);
  const shown = output ?? (layer?.output === undefined ? undefined : Object.values(report.inputs)[0]);
  return {
    id: report.id,
    node,
    name: report.name,
    layer: report.layer,
    category: layer?.category ?? 'unknown',
    kind: layer?.title ?? same(report.layer),
    shape: shown === undefined ? '' : shapeText(shown),
    size: count(shown),
    trainable: report.frozen ? 0 : report.params,
    frozen: report.frozen ? report.params : 0,
    macs: report.macs,
    activation: 4 * Object.values(report.outputs).reduce((sum, shape) => sum + count(shape), 0),
  };
};

const known = new WeakMap<NodeReport, readonly CostRow[]>();

/** All layers in data order, including those inside blocks. A layer whose report has not changed keeps its row object. */
export function rowsOf(doc: NetworkDocument, { graph, nodes }: CheckResult): readonly CostRow[] {
  const order = graph?.document === doc ? readWiring(doc, () => true).order : [];
  const placed = new Set(order);
  const ids = [...order, ...[...nodes.keys()].filter((id) => !placed.has(id))];
  return ids.flatMap((id) => {
    const report = nodes.get(id);
    if (report === undefined) return [];
    const rows =
      known.get(report) ?? leafReports({ nodes: new Map([[id, report]]) }).map((leaf) => rowOf(doc, id, leaf));
    known.set(report, rows);
    return rows;
  });
}

export const found = (rows: readonly CostRow[], query: string): readonly CostRow[] =>
  query.trim() === ''
    ? rows
    : rows.filter(({ name, kind }) => matches(same(name), query) !== null || matches(kind, query) !== null);

export function sorted(rows: readonly CostRow[], { column, down }: Sorting, language: Language): readonly CostRow[] {
  if (column === 'order') return down ? rows.toReversed() : rows;
  const words = new Intl.Collator(language, { numeric: true });
  const compare = (a: CostRow, b: CostRow): number => {
    if (column === 'name') return words.compare(a.name, b.name);
    if (column === 'kind') return words.compare(a.kind[language], b.kind[language]);
    if (column === 'shape') return a.size - b.size;
    return a[column] - b[column];
  };
  return [...rows].sort(down ? (a, b) => compare(b, a) : compare);
}

export type Sums = Readonly<Record<NumberColumn, number>>;

export function sumsOf(rows: readonly CostRow[]): Sums {
  const sums = { trainable: 0, frozen: 0, macs: 0, activation: 0 };
  for (const row of rows) for (const column of numberColumns) sums[column] += row[column];
  return sums;
}
