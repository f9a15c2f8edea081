import type { Diagnostic } from '../graph/diagnostic.ts';
import type { BlockBody, DocumentNode, NetworkDocument } from '../graph/document.ts';
import type { ConfigOf, ConfigSchema } from '../layers/config.ts';
import type { Buffer, LayerDef, Param, Shape } from '../layers/layer.ts';

/** A node whose layer, config, inputs and shapes are all known to be right. */
export interface CheckedNode {
  readonly node: DocumentNode;
  readonly layer: LayerDef;
  /** Complete: defaults filled in. */
  readonly config: ConfigOf<ConfigSchema>;
  /** By input port: the node and port that feed it. */
  readonly from: Readonly<Record<string, { readonly node: string; readonly port: string }>>;
  readonly inputs: Readonly<Record<string, Shape>>;
  readonly outputs: Readonly<Record<string, Shape>>;
  readonly params: Readonly<Record<string, Param>>;
  readonly buffers: Readonly<Record<string, Buffer>>;
}

/** A network that compiles: layers in order of execution, every one checked; blocks are what is inside them. */
export interface CheckedGraph {
  readonly document: NetworkDocument;
  readonly nodes: readonly CheckedNode[];
}

/** What is known about one node, right or wrong: what the canvas and the inspector show. */
export interface NodeReport {
  readonly id: string;
  readonly name: string;
  readonly layer: string;
  /** Output shapes by port, without the batch axis; absent where unknown. */
  readonly outputs: Readonly<Record<string, Shape>>;
  readonly inputs: Readonly<Record<string, Shape>>;
  /** Number of trainable numbers (0 when frozen counts apart, see `frozen`). */
  readonly params: number;
  readonly frozen: boolean;
  /** Multiply-adds for one sample. */
  readonly macs: number;
  /** How many of the params are trained. */
  readonly trainableParams: number;
  /** Bytes of the outputs, of all layers inside where it is a block, for one sample, float32. */
  readonly activationBytes: number;
  /** What is inside a block, a copy for each time that it is repeated; null for a layer, or where nothing could be drawn. */
  readonly inside: readonly InsideReport[] | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** The inside of a block. */
export interface InsideReport {
  readonly body: BlockBody;
  /** By id of the node inside. */
  readonly nodes: ReadonlyMap<string, NodeReport>;
  /** The inside as a drawing whose ports are nodes, and the check of that, which has these, too. */
  readonly drawing: NetworkDocument;
  readonly check: CheckResult;
}

export interface Totals {
  readonly params: number;
  readonly trainableParams: number;
  readonly macs: number;
  /** Bytes of all layers' outputs for one sample, float32. */
  readonly activationBytes: number;
}

/** The result of a check. `graph` is null exactly when a diagnostic is an error. */
export interface CheckResult {
  readonly graph: CheckedGraph | null;
  readonly diagnostics: readonly Diagnostic[];
  /** By node id, in the order of the document. */
  readonly nodes: ReadonlyMap<string, NodeReport>;
  readonly totals: Totals;
}
