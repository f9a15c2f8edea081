import type { CheckedGraph, CheckedNode } from '../check/checkedGraph.ts';
import { isInput } from '../layers/input.ts';

/** Weights that can be looked at as images: `[count, channels, height, width]`. */
export interface Images {
  readonly shape: readonly number[];
  /** Of the first `shown`. */
  readonly data: Float32Array<ArrayBuffer>;
  readonly shown: number;
}

/** So many numbers are shown as images at most. */
const NUMBERS = 1 << 17;
const IMAGES = 64;

/**
 * The filters of a convolution, or what each unit of a linear layer weighs an image with that comes to it straight from
 * an input; null where the weight has no such meaning. `param`: its name in the layer.
 */
export function imagesOf(graph: CheckedGraph, layer: CheckedNode, param: string, weight: Float32Array): Images | null {
  const shape = imageShape(graph, layer, param);
  if (shape === null) return null;
  const [count = 0, ...each] = shape;
  const size = each.reduce((a, b) => a * b, 1);
  const shown = Math.min(count, IMAGES, Math.max(1, Math.floor(NUMBERS / size)));
  return { shape, data: new Float32Array(weight.subarray(0, shown * size)), shown };
}

function imageShape(graph: CheckedGraph, layer: CheckedNode, param: string): readonly number[] | null {
  const shape = layer.params[param]?.shape ?? [];
  // Of a kernel of one cell there is nothing to see but a number for every channel.
  if (shape.length === 4) return (shape[2] as number) * (shape[3] as number) > 1 ? shape : null;
  if (layer.layer.category !== 'linear' || shape.length !== 2) return null;
  const image = seenBy(graph, layer);
  return image === null ? null : [shape[0] as number, ...image];
}

/** The image of the network's input that a layer sees laid in one row; null where it sees something else. */
function seenBy({ nodes }: CheckedGraph, layer: CheckedNode): readonly number[] | null {
  const before = ({ from }: CheckedNode): CheckedNode | undefined => {
    const source = Object.values(from)[0]?.node;
    return nodes.find(({ node }) => node.id === source);
  };
  let at = before(layer);
  while (at?.layer.keepsNumbers) at = before(at);
  if (at === undefined || !isInput(at.layer.type)) return null;
  const image = Object.values(at.outputs)[0] ?? [];
  const numbers = image.reduce((a, b) => a * b, 1);
  return image.length === 3 && Object.values(layer.inputs)[0]?.[0] === numbers ? image : null;
}
