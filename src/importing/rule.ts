import type { Config } from '../graph/document.ts';
import type { Constant } from '../onnx/tensors.ts';
import type { Node, Site } from './site.ts';

/** Nodes of a model that are a layer. */
export interface FoundLayer {
  readonly layer: string;
  readonly config: Config;
  /** The values of the input ports, in order. */
  readonly inputs: readonly string[];
  /** Parameters and buffers by their names in the layer; float32. */
  readonly weights?: Readonly<Record<string, Constant>>;
  /** Name of the constant that the layer is named after, if any. */
  readonly named?: string;
  /** Further nodes of the pattern. Their results must not be used elsewhere. */
  readonly inside?: readonly Node[];
  /** Layers between the input and this one, from the input on. */
  readonly before?: readonly { readonly layer: string; readonly config: Config }[];
  /** Layers between this one and the result. */
  readonly behind?: readonly { readonly layer: string; readonly config: Config }[];
}

/** Recognizes a layer by the last of its nodes; null if it is none. */
export type Rule = (site: Site, node: Node) => FoundLayer | null;

/** Rules by the operator of the last node; an earlier rule comes first. */
export type Rules = Readonly<Record<string, readonly Rule[]>>;
