import {
  type BlockBody,
  type Direction,
  type DocumentNode,
  type Edge,
  type EdgeEnd,
  type NetworkDocument,
  type Position,
  RESERVED,
} from './document.ts';
import { makeEdge } from './edges.ts';
import { freshName } from './freshName.ts';

/** The inside of a block as a drawing: its ports are nodes, so that they can be connected and edited like layers. */
export type InsideDrawing = Pick<NetworkDocument, 'nodes' | 'edges' | 'notes' | 'frames'>;

/** Prefix of port ids. Names of nodes have no slash, so ids of nodes and ports differ. */
const PORT = '/';
export const INPUT_PORT = '/input';
export const OUTPUT_PORT = '/output';

export const isPort = (id: string): boolean => id.startsWith(PORT);
export const isPortLayer = (layer: string): boolean => layer === INPUT_PORT || layer === OUTPUT_PORT;
/** Id of an input port by index, because names change while the user types. */
export const inputPortId = (index: number): string => `${PORT}in${index}`;
export const outputPortId = (index: number): string => `${PORT}out${index}`;

type Body = Pick<BlockBody, 'nodes' | 'edges' | 'inputs' | 'outputs' | 'notes' | 'frames'>;

/** The name of the input port with this id. */
export const inputNameOf = ({ inputs }: Pick<BlockBody, 'inputs'>, id: string): string | undefined =>
  inputs.find((_, i) => inputPortId(i) === id)?.name;

export function drawingOf(body: Body, direction: Direction = 'down'): InsideDrawing {
  const places = portPlaces(body, direction);
  const port = (id: string, layer: string, name: string): DocumentNode => ({
    id,
    layer,
    name,
    config: {},
    position: places.get(id) as Position,
  });
  const inputs = body.inputs.map(({ name }, i) => port(inputPortId(i), INPUT_PORT, name));
  const outputs = body.outputs.map(({ name }, i) => port(outputPortId(i), OUTPUT_PORT, name));
  const entering = body.inputs.flatMap(({ to }, i) =>
    to.map((end) => makeEdge({ node: inputPortId(i), port: 'y' }, end)),
  );
  const leaving = body.outputs.flatMap(({ from }, i) =>
    from === undefined ? [] : [makeEdge(from, { node: outputPortId(i), port: 'x' })],
  );
  return {
    nodes: [...inputs, ...body.nodes, ...outputs],
    edges: [...entering, ...body.edges, ...leaving],
    notes: body.notes ?? [],
    frames: body.frames ?? [],
  };
}

/** Distance of cards, along the flow and across it. */
const STEP = { down: { along: 110, across: 220 }, right: { along: 256, across: 110 } } as const;

/** Positions of the ports: chosen by the user, else before their targets and after their sources. */
export function portPlaces(body: Body, direction: Direction): ReadonlyMap<string, Position> {
  const [flow, side] = direction === 'down' ? (['y', 'x'] as const) : (['x', 'y'] as const);
  const { along, across } = STEP[direction];
  const at = new Map(body.nodes.map(({ id, position }) => [id, position]));
  const all = [...at.values()];
  const first = Math.min(0, ...all.map((position) => position[flow]));
  const last = Math.max(0, ...all.map((position) => position[flow]));
  const places = new Map<string, Position>();
  const put = (
    id: string,
    stored: Position | undefined,
    ends: readonly EdgeEnd[],
    row: (ends: Position[]) => number,
  ) => {
    const near = ends.flatMap(({ node }) => at.get(node) ?? []);
    const beside = near.reduce((sum, position) => sum + position[side], 0) / Math.max(1, near.length);
    const place = { x: 0, y: 0, [flow]: row(near), [side]: Math.round(beside) };
    const taken = [...places.values()];
    while (taken.some((other) => other[flow] === place[flow] && Math.abs(other[side] - place[side]) < across)) {
      place[side] += across;
    }
    places.set(id, stored ?? place);
  };
  body.inputs.forEach(({ to, position }, i) => {
    put(
      inputPortId(i),
      position,
      to,
      (near) => Math.min(...near.map((p) => p[flow]), near.length ? Infinity : first) - along,
    );
  });
  body.outputs.forEach(({ from, position }, i) => {
    put(outputPortId(i), position, from === undefined ? [] : [from], () => last + along);
  });
  return places;
}

/** New names by old names. */
export type NewNames = ReadonlyMap<string, string>;

export interface ReadBack {
  readonly body: Body;
  /** New names of the remaining ports, by their old names. */
  readonly ports: { readonly inputs: NewNames; readonly outputs: NewNames };
}

/**
 * Converts an edited drawing back to the inside of a block; `before` is the drawing of `body` before the edits. Null if a
 * port was replaced by another node.
 */
export function readBack(body: Body, before: InsideDrawing, after: InsideDrawing): ReadBack | null {
  const nodes = after.nodes.filter(({ layer }) => !isPortLayer(layer));
  if (nodes.some(({ id }) => isPort(id))) return null;
  const isPortNode = new Set(after.nodes.filter(({ layer }) => isPortLayer(layer)).map(({ id }) => id));
  const inner = (edge: Edge): boolean => !isPortNode.has(edge.from.node) && !isPortNode.has(edge.to.node);
  const places = new Map(before.nodes.map(({ id, position }) => [id, position]));
  const renamed = { inputs: new Map<string, string>(), outputs: new Map<string, string>() };
  const taken = { inputs: new Set(RESERVED), outputs: new Set(RESERVED) };

  /** The port of a node: its name, made unique, and its position if the user has moved it. */
  function port(node: DocumentNode, side: 'inputs' | 'outputs', idOf: (index: number) => string) {
    const old = body[side].find((_, i) => idOf(i) === node.id);
    const name = freshName(node.name, taken[side]);
    taken[side].add(name);
    if (old !== undefined) renamed[side].set(old.name, name);
    const put = places.get(node.id) === node.position ? old?.position : node.position;
    return { name, ...(put !== undefined && { position: put }) };
  }
  const portsOf = (layer: string) => after.nodes.filter((node) => node.layer === layer);
  const inputs = portsOf(INPUT_PORT).map((node) => {
    const to = after.edges.filter(({ from, to: end }) => from.node === node.id && !isPortNode.has(end.node));
    return { ...port(node, 'inputs', inputPortId), to: to.map((edge) => edge.to) };
  });
  const outputs = portsOf(OUTPUT_PORT).map((node) => {
    const edge = after.edges.find(({ from, to }) => to.node === node.id && !isPortNode.has(from.node));
    return { ...port(node, 'outputs', outputPortId), ...(edge !== undefined && { from: edge.from }) };
  });
  const { notes, frames } = after;
  return {
    body: {
      nodes: after.nodes === before.nodes ? body.nodes : nodes,
      edges: after.edges === before.edges ? body.edges : after.edges.filter(inner),
      inputs,
      outputs,
      ...((body.notes !== undefined || notes.length > 0) && { notes }),
      ...((body.frames !== undefined || frames.length > 0) && { frames }),
    },
    ports: renamed,
  };
}
