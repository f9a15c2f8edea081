import type { DocumentNode, NetworkDocument } from '../graph/document.ts';
import { takenIds } from '../graph/freshName.ts';
import type { LayerDef } from '../layers/layer.ts';
import type { Text } from '../text.ts';
import type { Inference, NodeKind, Shapes } from './inference.ts';
import type { Wiring } from './order.ts';

/** A document with what the rules look up in it. */
export interface Drawing {
  readonly doc: NetworkDocument;
  readonly byId: ReadonlyMap<string, DocumentNode>;
  readonly wiring: Wiring;
  /** Null for layers that this version does not have. */
  readonly kinds: ReadonlyMap<string, NodeKind | null>;
  /** Grows in data order: a node's fixes can look at all that lies up its edges. */
  readonly inferences: ReadonlyMap<string, Inference | null>;
  /** Problems come with their fixes; a trial of a fix asks for problems alone. */
  readonly offering: boolean;
  /** Asked for by fixes alone, so made when first asked for. */
  readonly taken: () => Taken;
}

/** What new nodes may not be called. */
export interface Taken {
  readonly names: ReadonlySet<string>;
  readonly ids: ReadonlySet<string>;
}

export const takenIn = (doc: NetworkDocument): Taken => ({
  names: new Set(doc.nodes.map(({ name }) => name)),
  ids: takenIds(doc),
});

/** The node that feeds an input port. */
export function sourceOf({ byId, wiring }: Drawing, node: string, port: string): DocumentNode | undefined {
  const edge = wiring.into.get(node)?.get(port);
  return edge && byId.get(edge.from.node);
}

/** The shapes that a node gives, where they are known. */
export function outputsOf({ inferences }: Drawing, node: string): Shapes | null {
  const result = inferences.get(node)?.result;
  return result !== undefined && 'outputs' in result ? result.outputs : null;
}

/** A node as messages call it. */
export const nodeText = (node: DocumentNode, layer: LayerDef | undefined): Text => ({
  en: `${layer?.title.en ?? node.layer} '${node.name}'`,
  zh: `${layer?.title.zh ?? node.layer}“${node.name}”`,
});
