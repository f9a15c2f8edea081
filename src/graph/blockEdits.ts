import {
  type BlockBody,
  type BlockDefinition,
  blockIdOf,
  blockLayer,
  type DocumentNode,
  type EdgeEnd,
  type NetworkDocument,
} from './document.ts';
import { makeEdge, uniqueEdges } from './edges.ts';
import type { Edit } from './edits.ts';
import { exposedAfter } from './exposedThrough.ts';
import { changeNode, withItem } from './inPlace.ts';
import { drawingOf, type NewNames, readBack } from './insideDrawing.ts';

/** Edits of blocks. */
export type BlockEdit =
  /** Groups the nodes of `block` into a block of the document; `node`, an instance of it, replaces them. */
  | { readonly kind: 'makeBlock'; readonly block: BlockDefinition; readonly node: DocumentNode }
  /**
   * Replaces a block with the nodes of `body`, which have unique ids. `paths` maps these ids to the former paths inside
   * (`conv1`, `2/conv1`), so that trained weights are kept.
   */
  | {
      readonly kind: 'dissolveBlock';
      readonly node: string;
      readonly body: BlockBody;
      readonly paths: Readonly<Record<string, string>>;
    }
  /**
   * The inverse of `dissolveBlock`: `node`, an instance of a block that exists, replaces the nodes with the ids in `paths`.
   * `inputs` and `outputs` are the ends of its ports at these nodes.
   */
  | {
      readonly kind: 'groupNodes';
      readonly node: DocumentNode;
      readonly inputs: BlockBody['inputs'];
      readonly outputs: BlockBody['outputs'];
      readonly paths: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'setRepeat'; readonly node: string; readonly repeat: number }
  /** Expands or collapses a block; other nodes are moved by separate edits. */
  | { readonly kind: 'setOpen'; readonly node: string; readonly open: boolean }
  /** Adds the block, or replaces the one with its id; edges at ports that it no longer has are removed. */
  | { readonly kind: 'setBlock'; readonly block: BlockDefinition }
  | { readonly kind: 'renameBlock'; readonly block: string; readonly title: string }
  /** Has no effect if a node still uses the block. */
  | { readonly kind: 'removeBlock'; readonly block: string }
  /**
   * Edits the inside of a block of the document, as the drawing of `drawingOf`, whose ports are nodes. Blocks that these
   * edits create or change belong to the document.
   */
  | { readonly kind: 'editBlock'; readonly block: string; readonly edits: readonly Edit[] };

const kinds: Readonly<Record<BlockEdit['kind'], true>> = {
  makeBlock: true,
  dissolveBlock: true,
  groupNodes: true,
  setRepeat: true,
  setOpen: true,
  setBlock: true,
  renameBlock: true,
  removeBlock: true,
  editBlock: true,
};

export const isBlockEdit = (edit: Edit): edit is BlockEdit => Object.hasOwn(kinds, edit.kind);

/** Applies an edit of a block. `apply` applies the edits inside a block. */
export function editBlock(
  doc: NetworkDocument,
  edit: BlockEdit,
  apply: (doc: NetworkDocument, edits: readonly Edit[]) => NetworkDocument,
): NetworkDocument {
  switch (edit.kind) {
    case 'makeBlock':
      return makeBlock(doc, edit.block, edit.node);
    case 'dissolveBlock':
      return dissolveBlock(doc, edit.node, edit.body);
    case 'groupNodes':
      return groupNodes(doc, Object.keys(edit.paths), edit);
    case 'setRepeat':
      return changeNode(doc, edit.node, (node) =>
        (node.repeat ?? 1) === edit.repeat ? node : { ...node, repeat: edit.repeat },
      );
    case 'setOpen':
      return changeNode(doc, edit.node, (node) => {
        if ((node.open ?? false) === edit.open) return node;
        const { open: _, ...folded } = node;
        return edit.open ? { ...folded, open: true } : folded;
      });
    case 'setBlock':
      return withBlock(doc, edit.block);
    case 'renameBlock': {
      const block = blockOf(doc, edit.block);
      if (block === undefined || block.title === edit.title) return doc;
      return { ...doc, blocks: withItem(doc.blocks, { ...block, title: edit.title }) };
    }
    case 'removeBlock': {
      const unused = blockOf(doc, edit.block) !== undefined && !isBlockUsed(doc, edit.block);
      return unused ? { ...doc, blocks: doc.blocks.filter(({ id }) => id !== edit.block) } : doc;
    }
    case 'editBlock': {
      const block = blockOf(doc, edit.block);
      if (block === undefined) return doc;
      const drawing = drawingOf(block, doc.direction);
      const inside = { ...doc, ...drawing };
      const after = apply(inside, edit.edits);
      const read = after === inside ? null : readBack(block, drawing, after);
      if (read === null) return doc;
      const { exposed, inner } = exposedAfter(block.exposed, inside, edit.edits, apply);
      const blocks = inner.reduce(withItem<BlockDefinition>, after.blocks);
      const outer =
        after.operators === doc.operators ? { ...doc, blocks } : { ...doc, blocks, operators: after.operators };
      return withBlock(outer, { ...block, ...read.body, exposed }, read.ports);
    }
    default:
      return edit satisfies never;
  }
}

export const blockOf = (doc: NetworkDocument, id: string): BlockDefinition | undefined =>
  doc.blocks.find((block) => block.id === id);

/** True if a node of the drawing, or one inside another block, uses that block. */
export const isBlockUsed = ({ nodes, blocks }: NetworkDocument, id: string): boolean =>
  [nodes, ...blocks.map((block) => block.nodes)].some((list) => list.some(({ layer }) => layer === blockLayer(id)));

const sameEnd = (a: EdgeEnd, b: EdgeEnd): boolean => a.node === b.node && a.port === b.port;

function makeBlock(doc: NetworkDocument, block: BlockDefinition, node: DocumentNode): NetworkDocument {
  if (blockOf(doc, block.id) !== undefined) return doc;
  const ids = block.nodes.map(({ id }) => id);
  const grouped = groupNodes(doc, ids, { node, inputs: block.inputs, outputs: block.outputs });
  return grouped === doc ? doc : { ...grouped, blocks: [...doc.blocks, block] };
}

function groupNodes(
  doc: NetworkDocument,
  ids: readonly string[],
  { node, inputs, outputs }: Pick<BlockBody, 'inputs' | 'outputs'> & { readonly node: DocumentNode },
): NetworkDocument {
  const inside = new Set(ids);
  const there = doc.nodes.filter(({ id }) => inside.has(id)).length === inside.size;
  const taken = doc.nodes.some(({ id }) => id === node.id && !inside.has(id));
  if (!there || taken || inside.size === 0) return doc;
  const at = doc.nodes.findIndex(({ id }) => inside.has(id));
  const nodes = doc.nodes.flatMap((other, i) => (i === at ? [node] : inside.has(other.id) ? [] : [other]));
  const edges = doc.edges.flatMap((edge) => {
    const [leaves, enters] = [inside.has(edge.from.node), inside.has(edge.to.node)];
    if (!leaves && !enters) return [edge];
    if (leaves && enters) return [];
    const output = leaves ? outputs.find(({ from }) => from !== undefined && sameEnd(from, edge.from)) : undefined;
    const input = enters ? inputs.find(({ to }) => to.some((end) => sameEnd(end, edge.to))) : undefined;
    if (leaves) return output === undefined ? [] : [makeEdge({ node: node.id, port: output.name }, edge.to)];
    return input === undefined ? [] : [makeEdge(edge.from, { node: node.id, port: input.name })];
  });
  return { ...doc, nodes, edges: uniqueEdges(edges) };
}

function dissolveBlock(doc: NetworkDocument, id: string, body: BlockBody): NetworkDocument {
  const at = doc.nodes.findIndex((node) => node.id === id);
  const taken = new Set(doc.nodes.map((node) => node.id));
  taken.delete(id);
  if (at < 0 || body.nodes.some((node) => taken.has(node.id))) return doc;
  const sources = (end: EdgeEnd): readonly EdgeEnd[] =>
    end.node === id ? body.outputs.flatMap(({ name, from }) => (name === end.port ? (from ?? []) : [])) : [end];
  const targets = (end: EdgeEnd): readonly EdgeEnd[] =>
    end.node === id ? body.inputs.filter(({ name }) => name === end.port).flatMap(({ to }) => to) : [end];
  const edges = doc.edges.flatMap((edge) => {
    if (edge.from.node !== id && edge.to.node !== id) return [edge];
    return sources(edge.from).flatMap((from) => targets(edge.to).map((to) => makeEdge(from, to)));
  });
  const nodes = [...doc.nodes.slice(0, at), ...body.nodes, ...doc.nodes.slice(at + 1)];
  return { ...doc, nodes, edges: uniqueEdges([...edges, ...body.edges]) };
}

/** The document with this block. Ports to missing nodes are cleaned up, and edges follow renamed ports. */
function withBlock(doc: NetworkDocument, given: BlockDefinition, renamed?: Ports): NetworkDocument {
  const inside = new Set(given.nodes.map(({ id }) => id));
  const there = ({ node }: { readonly node: string }): boolean => inside.has(node);
  const block: BlockDefinition = {
    ...given,
    inputs: given.inputs.map((input) => ({ ...input, to: input.to.filter(there) })),
    outputs: given.outputs.map(({ from, ...port }) => (from && there(from) ? { ...port, from } : port)),
    exposed: given.exposed.filter(there),
  };
  const names = (ports: readonly { readonly name: string }[]): NewNames =>
    new Map(ports.map(({ name }) => [name, name]));
  const ports = renamed ?? { inputs: names(block.inputs), outputs: names(block.outputs) };
  const blocks = withItem(doc.blocks, block).map((other) => atPortsOf(other, block.id, ports));
  return { ...atPortsOf(doc, block.id, ports), blocks };
}

/** New names by old names; ports without an entry were removed. */
interface Ports {
  readonly inputs: NewNames;
  readonly outputs: NewNames;
}

/** A drawing or block with its edges adapted to the new ports of a block; edges at removed ports are removed. */
function atPortsOf<T extends Pick<BlockBody, 'nodes' | 'edges'> & Partial<BlockBody>>(
  drawing: T,
  id: string,
  ports: Ports,
): T {
  const users = new Set(drawing.nodes.filter(({ layer }) => blockIdOf(layer) === id).map((node) => node.id));
  if (users.size === 0) return drawing;
  const at = (end: EdgeEnd, names: NewNames): EdgeEnd | null => {
    if (!users.has(end.node)) return end;
    const port = names.get(end.port);
    if (port === undefined) return null;
    return port === end.port ? end : { node: end.node, port };
  };
  const edges = drawing.edges.flatMap((edge) => {
    const [from, to] = [at(edge.from, ports.outputs), at(edge.to, ports.inputs)];
    if (from === null || to === null) return [];
    return from === edge.from && to === edge.to ? [edge] : [makeEdge(from, to)];
  });
  const same = edges.length === drawing.edges.length && edges.every((edge, i) => edge === drawing.edges[i]);
  const { inputs, outputs } = drawing;
  return {
    ...drawing,
    ...(!same && { edges }),
    ...(inputs && {
      inputs: inputs.map((input) => ({ ...input, to: input.to.flatMap((end) => at(end, ports.inputs) ?? []) })),
    }),
    ...(outputs && {
      outputs: outputs.map(({ from, ...port }) => {
        const end = from && at(from, ports.outputs);
        return end ? { ...port, from: end } : port;
      }),
    }),
  };
}
