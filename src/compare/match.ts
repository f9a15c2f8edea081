import { sameValue } from '../check/sameValue.ts';
import { align, type Pair } from './align.ts';
import type { Item, Level } from './level.ts';

const sameName = (a: Item, b: Item): boolean => a.node.name === b.node.name || a.node.id === b.node.id;

/** Layers with windows of different sizes count as different layers, unless one has clearly replaced the other. */
const sameWindow = (a: Item, b: Item): boolean => sameValue(a.config.kernelSize, b.config.kernelSize);

const sameSetting = (a: Item, b: Item): boolean => a.configKey === b.configKey && a.node.repeat === b.node.repeat;

/** Score for two nodes being the same node; 0 if nothing but their place suggests it. */
function likeness(a: Item, b: Item): number {
  if (a.kind !== b.kind) return 0;
  const shape = sameValue(a.output, b.output) ? 2 : 0;
  const named = sameName(a, b);
  if (!sameSetting(a, b)) return named && sameWindow(a, b) ? 5 + shape : 0;
  // Layers with weights score higher, because activations and pooling are matched by the layers around them.
  const weighs = (a.report?.params ?? 0) + (b.report?.params ?? 0) > 0;
  return (weighs ? 8 : 3) + (named ? 4 : 0) + shape;
}

/** Among several candidates, a layer with a window of another size is no replacement. */
const mayReplace = (a: Item, b: Item): boolean => a.kind !== b.kind || sameWindow(a, b);

const kindOf = ({ kind }: Item): string => kind;
const nameOf = ({ node }: Item): string => node.name;

/** An input or output layer cannot be paired with a layer in the middle. */
const sortOf = ({ layer, sources }: Item): string =>
  `${layer?.category ?? ''} ${sources.size > 0} ${(layer?.outputs.length ?? 0) > 0}`;

const keyOf = ({ kind, configKey, node, output }: Item): string =>
  [kind, node.name, node.id, node.repeat ?? 1, configKey, output?.join('×') ?? ''].join(' ');

/**
 * Pairs the nodes of two levels; a pair holds indices of `a` and `b`. First come nodes of equal kind, config, name
 * and shape in data order, then nodes that only moved, then nodes that are the only ones of their sort between the same
 * neighbors. Each node is in at most one pair, and exchanging `a` and `b` results in the same pairs.
 */
export function matchLevels(a: Level, b: Level): readonly Pair[] {
  const [keysA, keysB] = [a.map(keyOf), b.map(keyOf)];
  if (keysA.join('\n') > keysB.join('\n')) return matchInOrder(b, a, keysB, keysA).map(([j, i]) => [i, j]);
  return matchInOrder(a, b, keysA, keysB);
}

function matchInOrder(a: Level, b: Level, keysA: readonly string[], keysB: readonly string[]): readonly Pair[] {
  const anchors = anchorsOf(a, b, keysA, keysB);
  const taken = { a: new Set(anchors.map(([i]) => i)), b: new Set(anchors.map(([, j]) => j)) };
  const pairs = [...anchors];
  const pair = (i: number, j: number): void => {
    taken.a.add(i);
    taken.b.add(j);
    pairs.push([i, j]);
  };
  const rest = (level: Level, side: 'a' | 'b'): number[] => [...level.keys()].filter((i) => !taken[side].has(i));

  for (const i of rest(a, 'a')) {
    const j = rest(b, 'b').find(
      (j) => likeness(a[i] as Item, b[j] as Item) > 0 && sameName(a[i] as Item, b[j] as Item),
    );
    if (j !== undefined) pair(i, j);
  }
  const gapA = gaps(anchors, 0);
  const gapB = gaps(anchors, 1);
  for (const same of [kindOf, nameOf, sortOf]) {
    const ofA = grouped(a, rest(a, 'a'), same, gapA);
    const ofB = grouped(b, rest(b, 'b'), same, gapB);
    for (const [key, indices] of ofA) {
      const others = ofB.get(key);
      if (others?.length !== indices.length) continue;
      indices.forEach((i, at) => {
        const j = others[at] as number;
        if (same === kindOf || mayReplace(a[i] as Item, b[j] as Item)) pair(i, j);
      });
    }
  }
  return pairs;
}

/**
 * The best alignment of similar nodes. Equal nodes at both ends are paired without a search, which is slow for long
 * sequences.
 */
function anchorsOf(a: Level, b: Level, keysA: readonly string[], keysB: readonly string[]): readonly Pair[] {
  let start = 0;
  while (start < a.length && start < b.length && keysA[start] === keysB[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && keysA.at(-1 - end) === keysB.at(-1 - end)) end++;
  const between = align(a.length - start - end, b.length - start - end, (i, j) =>
    likeness(a[start + i] as Item, b[start + j] as Item),
  );
  const equal = (from: number, shift: number, count: number) =>
    Array.from({ length: count }, (_, i): Pair => [from + i, from + i + shift]);
  return [
    ...equal(0, 0, start),
    ...between.map(([i, j]): Pair => [start + i, start + j]),
    ...equal(a.length - end, b.length - a.length, end),
  ];
}

/** Numbers each node by the anchors before and after it. */
const gaps =
  (anchors: readonly Pair[], side: 0 | 1) =>
  (index: number): number =>
    anchors.filter((anchor) => anchor[side] < index).length;

function grouped(
  level: Level,
  indices: readonly number[],
  keyOf: (item: Item) => string,
  gapOf: (index: number) => number,
): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  for (const index of indices) {
    const key = `${gapOf(index)} ${keyOf(level[index] as Item)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  }
  return groups;
}
