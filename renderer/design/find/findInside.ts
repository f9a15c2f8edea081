import type { CheckResult } from '../../../src/check/checkedGraph.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { isPort } from '../../../src/graph/insideDrawing.ts';
import { idsOf, type Level, placeOf } from '../../../src/plan/level.ts';
import { keyboardOrder } from '../canvas/scene/walk.ts';
import { findNodes } from './findNodes.ts';

type Drawing = Pick<NetworkDocument, 'nodes' | 'edges'>;

/** Path of ids to a match, through all enclosing blocks. */
export type NodePath = readonly string[];

/**
 * Matches in a network and inside its blocks, in keyboard order. For equal copies of a block, only the first counts.
 */
export function findInside(root: NetworkDocument, check: CheckResult, query: string): readonly NodePath[] {
  const search = ({ nodes, edges }: Drawing, result: CheckResult, way: readonly string[]): NodePath[] => {
    const hits = new Set(findNodes(nodes, result, query).map(({ id }) => id));
    return keyboardOrder({ ...root, nodes, edges, notes: [], frames: [] }).flatMap((id) => {
      const copies = result.nodes.get(id)?.inside ?? [];
      const inner = copies.flatMap((copy, i) => {
        if (copies[i - 1] === copy) return [];
        const layers = copy.drawing.nodes.filter((node) => !isPort(node.id));
        const number = copies.length > 1 ? [`${i + 1}`] : [];
        return search({ nodes: layers, edges: copy.drawing.edges }, copy.check, [...way, id, ...number]);
      });
      return hits.has(id) ? [[...way, id], ...inner] : inner;
    });
  };
  return search(root, check, []);
}

/** The cards of a level that match or contain a match. */
export function foundOn(levels: readonly Level[], found: readonly NodePath[]): ReadonlySet<string> {
  const way = idsOf(levels);
  const here = found.filter((ids) => way.every((id, i) => ids[i] === id)).flatMap((ids) => ids[way.length] ?? []);
  return new Set(here);
}

/**
 * The same for cards inside expanded blocks, as paths of ids from this level; a repeated block shows its first copy.
 */
export function foundWithin(
  root: NetworkDocument,
  check: CheckResult,
  levels: readonly Level[],
  found: readonly NodePath[],
): readonly (readonly string[])[] {
  return found.flatMap((ids) => {
    const { path, node } = placeOf(root, check, ids);
    const isHere = levels.every(({ place }, i) => place.node === path[i]?.node && place.copy === path[i]?.copy);
    const within = path.slice(levels.length);
    if (!isHere || node === null || within.some(({ copy }) => copy > 0)) return [];
    const way = [...within.map((place) => place.node), node];
    return way.slice(1).map((_, i) => way.slice(0, i + 2));
  });
}
