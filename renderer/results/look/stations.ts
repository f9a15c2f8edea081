import type { Card } from '../../../src/check/card.ts';
import { cardOf } from '../../../src/check/card.ts';
import type { CheckResult } from '../../../src/check/checkedGraph.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { isPort } from '../../../src/graph/insideDrawing.ts';
import type { Level } from '../../../src/plan/level.ts';

/** Layer or block of the current level, in the order from input to output. */
export interface Station {
  readonly id: string;
  /** Path from the top of the network, for example `stage2/block1/conv1`. */
  readonly path: string;
  readonly card: Card;
}

/** Common prefix of the paths of a level. */
const prefixOf = (levels: readonly Level[]): string =>
  levels.map(({ node, place, copies }) => `${node.name}/${copies > 1 ? `${place.copy + 1}/` : ''}`).join('');

/** Layers and blocks on the canvas, in order of computation; empty if the network has errors. */
export function stationsOf(
  rootCheck: CheckResult,
  levels: readonly Level[],
  document: NetworkDocument,
  check: CheckResult,
): readonly Station[] {
  const prefix = prefixOf(levels);
  const order = new Map<string, number>();
  for (const { node } of rootCheck.graph?.nodes ?? []) {
    if (!node.name.startsWith(prefix)) continue;
    const name = node.name.slice(prefix.length).split('/')[0] as string;
    if (!order.has(name)) order.set(name, order.size);
  }
  return document.nodes
    .filter(({ id, name }) => !isPort(id) && order.has(name))
    .sort((a, b) => (order.get(a.name) as number) - (order.get(b.name) as number))
    .map((node) => ({ id: node.id, path: `${prefix}${node.name}`, card: cardOf(document, check, node) }));
}
