import type { BlockBody, DocumentNode, EdgeEnd } from '../graph/document.ts';
import { inputNameOf, isPort } from '../graph/insideDrawing.ts';
import type { CheckedNode } from './checkedGraph.ts';
import type { Inference, InferredNode } from './inference.ts';
import type { Copy, Inside } from './inside.ts';
import { sameFields, sameValue } from './sameValue.ts';

type Sources = Readonly<Record<string, EdgeEnd>>;

/** The compiled layers of a node: the layer itself, or all layers inside a block. */
export interface Leaves {
  readonly nodes: readonly CheckedNode[];
  /** The layer inside that feeds each output port; null for a layer. */
  readonly ends: Sources | null;
}

/** Leaves of a layer: the layer itself. */
export function layerLeaves(
  node: DocumentNode,
  { kind, inputs }: Inference,
  { outputs, raw, opaque, params, buffers }: InferredNode,
  from: Sources,
  last: Leaves | undefined,
): Leaves {
  const before = last?.ends === null ? last.nodes[0] : undefined;
  const same =
    before?.node === node &&
    before.config === kind.config &&
    before.inputs === inputs &&
    before.outputs === outputs &&
    before.raw === raw &&
    before.opaque === opaque &&
    before.params === params &&
    sameFields(before.from, from);
  if (same && last !== undefined) return last;
  return {
    nodes: [{ node, layer: kind.layer, config: kind.config, from, inputs, outputs, raw, opaque, params, buffers }],
    ends: null,
  };
}

/** Leaves of a block, with the values they depend on. */
export interface BlockLeaves extends Leaves {
  readonly of: Pick<DocumentNode, 'id' | 'name' | 'frozen'>;
  readonly inside: Inside;
  readonly from: Sources;
}

/** All layers inside a block, named by their paths; the previous ones if nothing has changed. */
export function blockLeaves(
  { id, name, frozen = false }: DocumentNode,
  inside: Inside,
  from: Sources,
  last: Leaves | undefined,
): BlockLeaves {
  const of = { id, name, frozen };
  const before = last !== undefined && 'inside' in last ? (last as BlockLeaves) : undefined;
  const same = before?.inside === inside && sameValue(before.of, of) && sameValue(before.from, from);
  if (before !== undefined && same) return before;
  const nodes: CheckedNode[] = [];
  let into = from;
  let ends: Sources = {};
  inside.copies.forEach((copy, i) => {
    const at = inside.repeat > 1 ? `/${i + 1}` : '';
    const within = { id: `${id}${at}`, name: `${name}${at}`, frozen };
    for (const leaf of copy.memory.result.graph?.nodes ?? []) {
      if (!isPort(leaf.node.id)) nodes.push(leafWithin(leaf, copy.body, within, into));
    }
    ends = endsOf(copy, within.id);
    // Only a block with one input and one output can be repeated.
    const [input] = copy.body.inputs;
    const [end] = Object.values(ends);
    into = input === undefined || end === undefined ? into : { [input.name]: end };
  });
  return { nodes, ends, of, inside, from };
}

function leafWithin(
  leaf: CheckedNode,
  body: BlockBody,
  { id, name, frozen }: { readonly id: string; readonly name: string; readonly frozen: boolean },
  into: Sources,
): CheckedNode {
  const from: Record<string, EdgeEnd> = {};
  for (const [port, end] of Object.entries(leaf.from)) {
    from[port] = isPort(end.node)
      ? (into[inputNameOf(body, end.node) ?? ''] ?? end)
      : { node: `${id}/${end.node}`, port: end.port };
  }
  const { node } = leaf;
  const inner = { ...node, id: `${id}/${node.id}`, name: `${name}/${node.name}` };
  return { ...leaf, from, node: frozen ? { ...inner, frozen } : inner };
}

function endsOf({ body, memory }: Copy, id: string): Sources {
  const ends: Record<string, EdgeEnd> = {};
  for (const { name, from } of body.outputs) {
    if (from === undefined) continue;
    const end = memory.leaves.get(from.node)?.ends?.[from.port] ?? from;
    ends[name] = { node: `${id}/${end.node}`, port: end.port };
  }
  return ends;
}
