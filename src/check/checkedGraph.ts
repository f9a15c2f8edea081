import type { Diagnostic } from '../graph/diagnostic.ts';
import type { BlockBody, DocumentNode, NetworkDocument } from '../graph/document.ts';
import type { ConfigOf, ConfigSchema } from '../layers/config.ts';
import type { Buffer, LayerDef, Param, RawTypes, Shape } from '../layers/layer.ts';

/** A node whose layer, config, inputs and shapes are valid. */
export interface CheckedNode {
  readonly node: DocumentNode;
  readonly layer: LayerDef;
  /** The complete config, with defaults. */
  readonly config: ConfigOf<ConfigSchema>;
  /** Source of each input port. */
  readonly from: Readonly<Record<string, { readonly node: string; readonly port: string }>>;
  readonly inputs: Readonly<Record<string, Shape>>;
  readonly outputs: Readonly<Record<string, Shape>>;
  /** Types of outputs that are raw values. */
  readonly raw: RawTypes;
  /** The layer has no gradient. */
  readonly opaque: boolean;
  readonly params: Readonly<Record<string, Param>>;
  readonly buffers: Readonly<Record<string, Buffer>>;
}

/** A valid network: its layers in order of execution, with blocks replaced by the layers inside. */
export interface CheckedGraph {
  readonly document: NetworkDocument;
  readonly nodes: readonly CheckedNode[];
}

/** Report on one node, valid or not, for the canvas and the inspector. */
export interface NodeReport {
  readonly id: string;
  readonly name: string;
  readonly layer: string;
  /** Output shapes by port, without the batch axis; absent if unknown. */
  readonly outputs: Readonly<Record<string, Shape>>;
  readonly inputs: Readonly<Record<string, Shape>>;
  /** Types of outputs that are raw values; for an output layer, of its input. */
  readonly raw: RawTypes;
  /** Number of parameters. */
  readonly params: number;
  readonly frozen: boolean;
  /** Multiply–accumulate operations for one sample. */
  readonly macs: number;
  /** Number of parameters that are not frozen. */
  readonly trainableParams: number;
  /** Bytes of the outputs for one sample in float32; for a block, of all layers inside. */
  readonly activationBytes: number;
  /** The inside of a block, one report per copy; null for a layer, or if the inside could not be built. */
  readonly inside: readonly InsideReport[] | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** The inside of a block. */
export interface InsideReport {
  readonly body: BlockBody;
  /** Reports by id of the node inside. */
  readonly nodes: ReadonlyMap<string, NodeReport>;
  /** The inside as a drawing with ports as nodes; `check` is its result. */
  readonly drawing: NetworkDocument;
  readonly check: CheckResult;
}

export interface Totals {
  readonly params: number;
  readonly trainableParams: number;
  readonly macs: number;
  /** Bytes of the outputs of all layers for one sample in float32. */
  readonly activationBytes: number;
}

/** The result of a check. `graph` is null if and only if a diagnostic is an error. */
export interface CheckResult {
  readonly graph: CheckedGraph | null;
  readonly diagnostics: readonly Diagnostic[];
  /** Reports by node id, in the order of the document. */
  readonly nodes: ReadonlyMap<string, NodeReport>;
  readonly totals: Totals;
}
