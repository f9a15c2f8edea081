import type { DocumentNode, NetworkDocument } from '../graph/document.ts';
import { takenIds } from '../graph/freshName.ts';
import type { LayerDef, RawTypes } from '../layers/layer.ts';
import type { Text } from '../text.ts';
import type { Inference, NodeKind, Shapes } from './inference.ts';
import type { Wiring } from './order.ts';

/** A document with the lookup tables of the rules. */
export interface Drawing {
  readonly doc: NetworkDocument;
  readonly byId: ReadonlyMap<string, DocumentNode>;
  readonly wiring: Wiring;
  /** Kind of each node; null for a layer that this version does not have. */
  readonly kinds: ReadonlyMap<string, NodeKind | null>;
  /** Filled in data order, so the fixes of a node can use all inferences upstream. */
  readonly inferences: ReadonlyMap<string, Inference | null>;
  /** False if only problems are wanted, as in the trial of a fix. */
  readonly offering: boolean;
  /** Used names and ids; computed when a fix first needs them. */
  readonly taken: () => UsedNames;
}

/** Names and ids in use. */
export interface UsedNames {
  readonly names: ReadonlySet<string>;
  readonly ids: ReadonlySet<string>;
}

export const takenIn = (doc: NetworkDocument): UsedNames => ({
  names: new Set(doc.nodes.map(({ name }) => name)),
  ids: takenIds(doc),
});

/** The node that feeds an input port. */
export function sourceOf({ byId, wiring }: Drawing, node: string, port: string): DocumentNode | undefined {
  const edge = wiring.into.get(node)?.get(port);
  return edge && byId.get(edge.from.node);
}

/** Output shapes of a node; null if unknown. */
export function outputsOf({ inferences }: Drawing, node: string): Shapes | null {
  const result = inferences.get(node)?.result;
  return result !== undefined && 'outputs' in result ? result.outputs : null;
}

/** Raw output types of a node. */
export function rawOf({ inferences }: Drawing, node: string): RawTypes {
  const result = inferences.get(node)?.result;
  return result !== undefined && 'outputs' in result ? result.raw : {};
}

/** A node in messages: Conv2d “conv1”. */
export const nodeText = (node: DocumentNode, layer: LayerDef | undefined): Text => ({
  en: `${layer?.title.en ?? node.layer} “${node.name}”`,
  zh: `${layer?.title.zh ?? node.layer}“${node.name}”`,
});
