import type { CheckedGraph, CheckedNode } from '../check/checkedGraph.ts';
import type { Tensor } from '../ir/tensor.ts';
import type { Tensors } from './session.ts';

/** Parameters and buffers of a layer, by their name in the layer. */
type LayerWeights = ReadonlyMap<string, Tensor>;

/** Weights that others displaced, by the path of their layer and “/”; the newest first, no two of a layer with the same shapes. */
export type EarlierWeights = ReadonlyMap<string, readonly LayerWeights[]>;

export const NOTHING_EARLIER: EarlierWeights = new Map();

/** Limit on the bytes of displaced weights; the oldest are dropped. */
const LIMIT = 512 * 1024 * 1024;

const shapesOf = (layer: Iterable<readonly [string, { readonly shape: readonly number[] }]>): string =>
  [...layer]
    .map(([key, { shape }]) => `${key} ${shape.join()}`)
    .sort()
    .join('; ');

function byLayer(weights: Tensors): ReadonlyMap<string, LayerWeights> {
  const layers = new Map<string, Map<string, Tensor>>();
  for (const [name, tensor] of weights) {
    const end = name.lastIndexOf('/') + 1;
    const path = name.slice(0, end);
    const layer = layers.get(path) ?? new Map<string, Tensor>();
    layers.set(path, layer.set(name.slice(end), tensor));
  }
  return layers;
}

/** The displaced weights after `next` replaced `now`: layers without a successor of the same path and shapes are kept. */
export function withDisplaced(earlier: EarlierWeights, now: Tensors, next: Tensors, limit = LIMIT): EarlierWeights {
  // The usual case: a step of the same network.
  if ([...now].every(([name, { shape }]) => next.get(name)?.shape.join() === shape.join())) return earlier;
  const successors = byLayer(next);
  const displaced = [...byLayer(now)].filter(
    ([path, layer]) => shapesOf(layer) !== shapesOf(successors.get(path) ?? []),
  );
  if (displaced.length === 0) return earlier;
  const all = new Map(earlier);
  for (const [path, layer] of displaced) {
    const others = (all.get(path) ?? []).filter((other) => shapesOf(other) !== shapesOf(layer));
    // Moved to the end, because the oldest are dropped first.
    all.delete(path);
    all.set(path, [layer, ...others]);
  }
  const bytesOf = (layers: readonly LayerWeights[]): number =>
    layers.flatMap((layer) => [...layer.values()]).reduce((sum, { data }) => sum + data.byteLength, 0);
  let bytes = [...all.values()].reduce((sum, layers) => sum + bytesOf(layers), 0);
  for (const [path, layers] of all) {
    if (bytes <= limit) break;
    all.delete(path);
    bytes -= bytesOf(layers);
  }
  return all;
}

/** The weights for a network: the current ones, and earlier ones for layers that only those fit. */
export function ofNetwork({ nodes }: CheckedGraph, now: Tensors, earlier: EarlierWeights): Tensors {
  if (earlier.size === 0) return now;
  const found = nodes.flatMap((node) => earlierOf(node, now, earlier));
  return found.length === 0 ? now : new Map([...now, ...found]);
}

function earlierOf(
  { node, params, buffers }: CheckedNode,
  now: Tensors,
  earlier: EarlierWeights,
): readonly (readonly [string, Tensor])[] {
  const wanted = Object.entries({ ...params, ...buffers });
  const path = `${node.name}/`;
  if (wanted.every(([key, { shape }]) => now.get(path + key)?.shape.join() === shape.join())) return [];
  const layer = earlier.get(path)?.find((other) => shapesOf(other) === shapesOf(wanted));
  return [...(layer ?? [])].map(([key, tensor]) => [path + key, tensor] as const);
}
