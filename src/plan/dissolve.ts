import type { CheckResult } from '../check/checkedGraph.ts';
import { takenIn } from '../check/drawing.ts';
import type { BlockBody, DocumentNode, Edge, EdgeEnd, NetworkDocument } from '../graph/document.ts';
import { edgeId } from '../graph/edges.ts';
import type { Edit } from '../graph/edits.ts';
import { freshName } from '../graph/freshName.ts';

/** Distance of the copies of a repeated block after ungrouping. */
const GAP = 110;

/** Replaces a block with the layers inside, for all its copies; null if the inside is unknown. */
export function planDissolve(
  doc: NetworkDocument,
  check: CheckResult,
  id: string,
): (Edit & { kind: 'dissolveBlock' }) | null {
  const node = doc.nodes.find((candidate) => candidate.id === id);
  const inside = check.nodes.get(id)?.inside ?? null;
  if (node === undefined || inside === null || inside.length === 0) return null;
  const taken = takenIn(doc);
  const [names, ids] = [new Set(taken.names), new Set(taken.ids)];
  names.delete(node.name);
  const paths: Record<string, string> = {};
  const copies = inside.map(({ body }, i) => {
    const copy = laidOut(body, node, i * (heightOf(body) + GAP), names, ids);
    const at = (node.repeat ?? 1) > 1 ? `${i + 1}/` : '';
    copy.nodes.forEach(({ id: now }, index) => {
      paths[now] = `${at}${body.nodes[index]?.name}`;
    });
    return copy;
  });
  const [first, last] = [copies[0] as BlockBody, copies.at(-1) as BlockBody];
  const joints = copies.slice(1).flatMap((copy, i): Edge[] => {
    const from = copies[i]?.outputs[0]?.from as EdgeEnd;
    return (copy.inputs[0]?.to ?? []).map((to) => ({ id: edgeId(from, to), from, to }));
  });
  const body: BlockBody = {
    nodes: copies.flatMap(({ nodes }) => nodes),
    edges: [...copies.flatMap(({ edges }) => edges), ...joints],
    inputs: first.inputs,
    outputs: last.outputs,
    exposed: [],
  };
  return { kind: 'dissolveBlock', node: id, body, paths };
}

const heightOf = ({ nodes }: BlockBody): number => Math.max(0, ...nodes.map(({ position }) => position.y)) + GAP;

/** The inside with unique names and ids, placed below the position of the block. */
function laidOut(body: BlockBody, block: DocumentNode, down: number, names: Set<string>, ids: Set<string>): BlockBody {
  const renamed = new Map<string, string>();
  const nodes = body.nodes.map((inner): DocumentNode => {
    const name = freshName(inner.name, names);
    names.add(name);
    const id = freshName(name, ids);
    ids.add(id);
    renamed.set(inner.id, id);
    const position = { x: block.position.x + inner.position.x, y: block.position.y + down + inner.position.y };
    return { ...inner, id, name, position, ...(block.frozen && { frozen: true }) };
  });
  const end = ({ node, port }: EdgeEnd): EdgeEnd => ({ node: renamed.get(node) ?? node, port });
  return {
    nodes,
    edges: body.edges.map(({ from, to }) => ({ id: edgeId(end(from), end(to)), from: end(from), to: end(to) })),
    inputs: body.inputs.map(({ name, to }) => ({ name, to: to.map(end) })),
    outputs: body.outputs.map(({ name, from }) => ({ name, ...(from && { from: end(from) }) })),
    exposed: [],
  };
}
