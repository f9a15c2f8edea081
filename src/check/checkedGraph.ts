import type { Diagnostic } from '../graph/diagnostic.ts';
import type { DocumentNode, NetworkDocument } from '../graph/document.ts';
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

/** A network that compiles: nodes in order of execution, every one checked. */
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
  readonly diagnostics: readonly Diagnostic[];
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
