import type { BlockBody, Config, DocumentNode, Edge, EdgeEnd } from '../graph/document.ts';
import { edgeId } from '../graph/edges.ts';

/** Distance of neighboring nodes on the canvas: a card and room for an edge. */
const COLUMN = 220;
const ROW = 110;

/** Start of an edge: the output of a node inside, or an input port of the block. */
export type Source = EdgeEnd | { readonly port: string };

export const X: Source = { port: 'x' };

/** Position of a node, in columns and rows. */
export interface Place {
  readonly column?: number;
  readonly row: number;
}

/** Draws the inside of a block, node by node. */
export class Sketch {
  readonly #nodes: DocumentNode[] = [];
  readonly #edges: Edge[] = [];
  readonly #inputs = new Map<string, EdgeEnd[]>();
  readonly #exposed: { key: string; label: string; node: string; field: string }[] = [];

  constructor(inputs: readonly string[] = ['x']) {
    for (const name of inputs) this.#inputs.set(name, []);
  }

  /**
   * Adds a node and its edges. A list of sources goes to the ports x0, x1, …, a single one to x. `exposed` maps config
   * keys of the node to those of the block, for settings that are passed through.
   */
  add(
    name: string,
    layer: string,
    config: Config,
    from: Source | readonly Source[],
    { column = 0, row }: Place,
    exposed: Readonly<Record<string, string>> = {},
  ): EdgeEnd {
    const position = { x: COLUMN * column, y: ROW * row };
    this.#nodes.push({ id: name, layer, name, config, position });
    const merged = Array.isArray(from);
    [from].flat().forEach((source, i) => {
      this.#edge(source, { node: name, port: merged ? `x${i}` : 'x' });
    });
    for (const [field, key] of Object.entries(exposed)) this.#exposed.push({ key, label: key, node: name, field });
    return { node: name, port: 'y' };
  }

  #edge(source: Source, to: EdgeEnd): void {
    if ('node' in source) this.#edges.push({ id: edgeId(source, to), from: source, to });
    else this.#inputs.get(source.port)?.push(to);
  }

  /** The inside, with the source of each output port. */
  finish(outputs: Readonly<Record<string, Source>>): BlockBody {
    return {
      nodes: this.#nodes,
      edges: this.#edges,
      inputs: [...this.#inputs].map(([name, to]) => ({ name, to })),
      outputs: Object.entries(outputs).map(([name, source]) => ({ name, from: endOf(source) })),
      exposed: this.#exposed,
    };
  }
}

function endOf(source: Source): EdgeEnd {
  if (!('node' in source))
    throw new Error(`input port '${source.port}' of a block is connected directly to an output port`);
  return source;
}
