import type { CheckResult, InsideReport, NodeReport, Totals } from '../check/checkedGraph.ts';
import { sameValue } from '../check/sameValue.ts';
import { blockIdOf, type NetworkDocument } from '../graph/document.ts';
import type { Category, Shape } from '../layers/layer.ts';
import { same, type Text } from '../text.ts';
import type { Pair } from './align.ts';
import { type Change, changesOf, titleOf } from './changes.ts';
import { type Item, insideLevel, type Level, topLevel } from './level.ts';
import { matchLevels } from './match.ts';
import { merged } from './merged.ts';
import { type SettingDifference, settingDifferences } from './settings.ts';

export type RowState = 'same' | 'changed' | 'added' | 'removed';

export interface Figures {
  readonly params: number;
  readonly macs: number;
}

/** A node, or one copy of a repeated block, in one of the two networks. */
export interface Side extends Figures {
  readonly id: string;
  readonly name: string;
  /** Names of the enclosing blocks and the node: `stage1/block2`. */
  readonly path: string;
  readonly layer: string;
  readonly kind: Text;
  readonly category: Category | 'unknown';
  readonly repeat: number;
  /** Null if unknown. */
  readonly output: Shape | null;
  /**
   * The content of a block. Null for a layer, and if either network repeats the block, because each copy then has its
   * own row.
   */
  readonly inside: InsideReport | null;
}

export interface Row {
  /** Unique within the comparison. */
  readonly key: string;
  /** A block also counts as changed if something inside it changed. */
  readonly state: RowState;
  /** The node in the first network; null if it was added. */
  readonly a: Side | null;
  /** The node in the second network; null if it was removed. */
  readonly b: Side | null;
  /** Differences of the node itself. Differences inside a block are in `inside`. */
  readonly changes: readonly Change[];
  /** Second minus first. */
  readonly difference: Figures;
  /** The nodes in a block, or the copies of a repeated block; empty for a layer. */
  readonly inside: readonly Row[];
}

export interface Comparison {
  /** In data order. */
  readonly rows: readonly Row[];
  readonly settings: readonly SettingDifference[];
  readonly a: Totals;
  readonly b: Totals;
  readonly difference: Figures;
  /**
   * An added or removed block counts once, together with its content. `changed` counts nodes with a difference of their
   * own.
   */
  readonly counts: Readonly<Record<Exclude<RowState, 'same'>, number>>;
}

/** A network with its check. */
export interface CheckedDocument {
  readonly document: NetworkDocument;
  readonly check: Pick<CheckResult, 'nodes' | 'totals'>;
}

/** Compares two networks node by node, including the nodes inside blocks. */
export function compareNetworks(a: CheckedDocument, b: CheckedDocument): Comparison {
  const docs = { a: a.document, b: b.document };
  const place = { key: '', a: '', b: '' };
  const rows = compareLevels(topLevel(docs.a, a.check.nodes), topLevel(docs.b, b.check.nodes), place, docs);
  return {
    rows,
    settings: settingDifferences(a.document, b.document),
    a: a.check.totals,
    b: b.check.totals,
    difference: minus(b.check.totals, a.check.totals),
    counts: count(rows),
  };
}

const minus = (b: Figures | null, a: Figures | null): Figures => ({
  params: (b?.params ?? 0) - (a?.params ?? 0),
  macs: (b?.macs ?? 0) - (a?.macs ?? 0),
});

function count(rows: readonly Row[]): Comparison['counts'] {
  const counts = { added: 0, removed: 0, changed: 0 };
  const visit = (row: Row): void => {
    if (row.state === 'same') return;
    if (row.state !== 'changed' || row.changes.length > 0) counts[row.state]++;
    if (row.state === 'changed') row.inside.forEach(visit);
  };
  rows.forEach(visit);
  return counts;
}

interface Documents {
  readonly a: NetworkDocument;
  readonly b: NetworkDocument;
}

/** The parent of the rows of a level: the key of its row, and its path in each network. */
interface Place {
  readonly key: string;
  readonly a: string;
  readonly b: string;
}

const below = ({ key, a, b }: Place, nameA: string, nameB: string, id: string): Place => ({
  key: `${key}/${id}`,
  a: `${a}${nameA}/`,
  b: `${b}${nameB}/`,
});

function compareLevels(a: Level, b: Level, place: Place, docs: Documents): readonly Row[] {
  const pairs = matchLevels(a, b);
  const edges = edgeChanges(a, b, pairs);
  return merged(a.length, b.length, pairs).map(([i, j]): Row => {
    const [itemA, itemB] = [a[i ?? -1] ?? null, b[j ?? -1] ?? null];
    const changes = itemA !== null && itemB !== null ? changesOf(itemA, itemB, edges(itemA, itemB)) : [];
    const inCopies = [itemA, itemB].some((item) => (item?.report?.inside?.length ?? 0) > 1);
    const id = `${itemA?.node.id ?? ''}:${itemB?.node.id ?? ''}`;
    const under = below(place, itemA?.node.name ?? '', itemB?.node.name ?? '', id);
    const inside = () => compareInsides(itemA?.report ?? null, itemB?.report ?? null, under, docs);
    const equal = changes.length === 0 && itemA !== null && itemB !== null && equalInside(itemA, itemB, docs);
    return rowOf(
      under.key,
      itemA && sideOf(itemA, place.a, inCopies),
      itemB && sideOf(itemB, place.b, inCopies),
      changes,
      inside,
      equal,
    );
  });
}

/** The config and the input of a block determine its content, so the content need not be compared. */
const equalInside = (a: Item, b: Item, docs: Documents): boolean =>
  (blockIdOf(a.node.layer) === null || docs.a.blocks === docs.b.blocks) &&
  sameValue(a.report?.inputs, b.report?.inputs);

/** The content of a block is compared at once if the state of the row depends on it, otherwise on first access. */
function rowOf(
  key: string,
  a: Side | null,
  b: Side | null,
  changes: readonly Change[],
  compareInside: () => readonly Row[],
  equalInside: boolean,
): Row {
  let compared: readonly Row[] | null = null;
  const inside = (): readonly Row[] => {
    compared ??= compareInside();
    return compared;
  };
  const changed = () => changes.length > 0 || (!equalInside && inside().some(({ state }) => state !== 'same'));
  const state = a === null ? 'added' : b === null ? 'removed' : changed() ? 'changed' : 'same';
  return {
    key,
    state,
    a,
    b,
    changes,
    difference: minus(b, a),
    get inside() {
      return inside();
    },
  };
}

function sideOf(item: Item, path: string, inCopies: boolean): Side {
  const { node, layer, report, output, input } = item;
  return {
    id: node.id,
    name: node.name,
    path: `${path}${node.name}`,
    layer: node.layer,
    kind: titleOf(item),
    category: layer?.category ?? 'unknown',
    repeat: layer?.category === 'blocks' ? (node.repeat ?? 1) : 1,
    // An output layer has no output, so its row shows the shape of its input.
    output: output ?? (layer?.outputs.length === 0 ? input : null),
    inside: inCopies ? null : (report?.inside?.[0] ?? null),
    params: report?.params ?? 0,
    macs: report?.macs ?? 0,
  };
}

const NO_COPIES: readonly InsideReport[] = [];
const NOTHING: Pick<InsideReport, 'body' | 'nodes'> = {
  body: { nodes: [], edges: [], inputs: [], outputs: [], exposed: [] },
  nodes: new Map(),
};

/** Compares the content of two blocks: once if neither is repeated, otherwise copy by copy. */
function compareInsides(a: NodeReport | null, b: NodeReport | null, place: Place, docs: Documents): readonly Row[] {
  const [copiesA, copiesB] = [a?.inside ?? NO_COPIES, b?.inside ?? NO_COPIES];
  const most = Math.max(copiesA.length, copiesB.length);
  if (most === 0) return [];
  if (most === 1) return compareCopies(copiesA[0], copiesB[0], place, docs);
  return Array.from({ length: most }, (_, i): Row => {
    const [copyA, copyB] = [copiesA[i], copiesB[i]];
    const name = `${i + 1}`;
    const at = below(place, name, name, name);
    const sideA = copyA === undefined ? null : copySide(copyA, a, name, place.a);
    const sideB = copyB === undefined ? null : copySide(copyB, b, name, place.b);
    return rowOf(at.key, sideA, sideB, [], () => compareCopies(copyA, copyB, at, docs), false);
  });
}

const compareCopies = (
  { body: bodyA, nodes: nodesA } = NOTHING,
  { body: bodyB, nodes: nodesB } = NOTHING,
  place: Place,
  docs: Documents,
): readonly Row[] => compareLevels(insideLevel(bodyA, nodesA, docs.a), insideLevel(bodyB, nodesB, docs.b), place, docs);

function copySide(copy: InsideReport, block: NodeReport | null, name: string, path: string): Side {
  const { body, nodes } = copy;
  const end = body.outputs[0]?.from;
  let [params, macs] = [0, 0];
  for (const report of nodes.values()) {
    params += report.params;
    macs += report.macs;
  }
  return {
    id: name,
    name,
    path: `${path}${name}`,
    layer: block?.layer ?? '',
    kind: same(''),
    category: 'blocks',
    repeat: 1,
    output: (end && nodes.get(end.node)?.outputs[end.port]) ?? null,
    inside: copy,
    params,
    macs,
  };
}

/** Changes of sources: paired nodes whose sources are in both networks but are not paired with each other. */
function edgeChanges(a: Level, b: Level, pairs: readonly Pair[]): (itemA: Item, itemB: Item) => readonly Change[] {
  const partner = new Map(pairs.map(([i, j]) => [a[i]?.node.id, b[j]?.node.id]));
  const kept = new Set(partner.values());
  const names = (level: Level) => new Map(level.map(({ node }) => [node.id, node.name]));
  const [namesA, namesB] = [names(a), names(b)];
  return (itemA, itemB) =>
    [...itemA.sources].flatMap(([port, from]): Change[] => {
      const to = itemB.sources.get(port);
      const expected = partner.get(from);
      if (to === undefined || expected === undefined || expected === to || !kept.has(to)) return [];
      return [{ what: 'edge', port, from: namesA.get(from) ?? from, to: namesB.get(to) ?? to }];
    });
}
