import type { EdgeEnd } from '../../graph/document.ts';
import type { Part } from './parts.ts';

/**
 * A closed region of the drawing: all edges into it come from `entry`, and all edges out of it leave from its last part
 * `exit`. The region of a layer in a sequence is the layer itself; that of a layer at which branches meet are the branches.
 */
export interface Region {
  readonly entry: EdgeEnd;
  readonly exit: Part;
  /** All parts, `exit` included. */
  readonly parts: ReadonlySet<Part>;
}

/** Max number of parts of a region between a fork and the place where its branches meet. */
const MOST_PARTS = 256;

interface Use {
  readonly node: string;
  readonly port: string;
}

/** The drawing as a graph of parts. */
export class PartGraph {
  /** In data order; parts on a cycle are left out. */
  readonly order: readonly Part[];
  readonly byId: ReadonlyMap<string, Part>;
  readonly #uses = new Map<string, Use[]>();
  #sequences: readonly (readonly Region[])[] | null = null;

  constructor(readonly parts: readonly Part[]) {
    const all = new Map(parts.map((part) => [part.id, part]));
    const open = new Map<string, number>();
    for (const { id, from } of parts) {
      let sources = 0;
      for (const { node, port } of from.values()) {
        if (!all.has(node)) continue;
        sources++;
        const uses = this.#uses.get(node);
        if (uses === undefined) this.#uses.set(node, [{ node: id, port }]);
        else uses.push({ node: id, port });
      }
      open.set(id, sources);
    }
    const order = parts.filter(({ id }) => open.get(id) === 0);
    for (const { id } of order) {
      for (const { node } of this.uses(id)) {
        const left = (open.get(node) as number) - 1;
        open.set(node, left);
        if (left === 0) order.push(all.get(node) as Part);
      }
    }
    this.order = order;
    this.byId = new Map(order.map((part) => [part.id, part]));
  }

  /** The uses of the outputs of a part: node that receives it, and port of the part that it leaves from. */
  uses(id: string): readonly Use[] {
    return this.#uses.get(id) ?? [];
  }

  /** The one output port of a part that is used, or its first if none is; null if several are. */
  exitPort(part: Part): string | null {
    const ports = new Set(this.uses(part.id).map(({ port }) => port));
    const [only = Object.keys(part.outputs)[0] ?? part.def?.outputs[0] ?? null] = ports;
    return ports.size > 1 ? null : only;
  }

  /**
   * The maximal sequences of regions in which each region is the only user of the one before. A stretch of a sequence is a
   * candidate for a block with one input and one output.
   */
  get sequences(): readonly (readonly Region[])[] {
    this.#sequences ??= this.#findSequences();
    return this.#sequences;
  }

  #findSequences(): readonly (readonly Region[])[] {
    const above = this.#dominators();
    const regions = new Map<string, Region>();
    for (const part of this.order) {
      const region = this.#regionOf(part, above.get(part.id) ?? null);
      if (region !== null) regions.set(part.id, region);
    }
    const next = new Map<string, Region>();
    for (const region of regions.values()) {
      const { node } = region.entry;
      const inside = (use: Use): boolean => region.parts.has(this.byId.get(use.node) as Part);
      if (regions.has(node) && this.uses(node).every(inside)) next.set(node, region);
    }
    const later = new Set(next.values());
    const sequences: Region[][] = [];
    for (const first of regions.values()) {
      if (later.has(first)) continue;
      const sequence: Region[] = [];
      for (let at: Region | undefined = first; at !== undefined; at = next.get(at.exit.id)) sequence.push(at);
      sequences.push(sequence);
    }
    return sequences;
  }

  /** The last part that all paths to a part go through; null if there is none. */
  #dominators(): ReadonlyMap<string, string | null> {
    const above = new Map<string, string | null>();
    const depth = new Map<string, number>();
    for (const { id, from } of this.order) {
      let common: string | null | undefined;
      for (const { node } of from.values()) {
        let [a, b]: (string | null)[] = [common === undefined ? node : common, node];
        while (a !== b) {
          if (a === null || b === null) a = b = null;
          else if ((depth.get(a) ?? 0) >= (depth.get(b) ?? 0)) a = above.get(a) ?? null;
          else b = above.get(b) ?? null;
        }
        common = a;
      }
      above.set(id, common ?? null);
      depth.set(id, common == null ? 0 : (depth.get(common) ?? 0) + 1);
    }
    return above;
  }

  #regionOf(exit: Part, entry: string | null): Region | null {
    if (entry === null || exit.fixed) return null;
    const parts = new Set<Part>([exit]);
    let start: EdgeEnd | null = null;
    for (const part of parts) {
      if (part.from.size === 0) return null;
      for (const end of part.from.values()) {
        if (end.node === entry) {
          if (start !== null && start.port !== end.port) return null;
          start = end;
          continue;
        }
        const source = this.byId.get(end.node);
        if (source === undefined || source.fixed || parts.size >= MOST_PARTS) return null;
        parts.add(source);
      }
    }
    for (const { id } of parts) {
      if (id === exit.id) continue;
      if (!this.uses(id).every(({ node }) => parts.has(this.byId.get(node) as Part))) return null;
    }
    return start === null ? null : { entry: start, exit, parts };
  }
}
