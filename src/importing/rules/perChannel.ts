import type { Constant } from '../../onnx/tensors.ts';
import type { Site } from '../site.ts';

/**
 * A float32 constant with one value per channel of a value [N, C, ...] of `rank` axes, as [C]: [C], [1, C], [C, 1, 1], …,
 * whichever broadcasts along the channels. A single number counts for all channels. Null otherwise.
 */
export function perChannel(site: Site, value: string | undefined, channels: number, rank: number): Constant | null {
  const constant = site.constant(value);
  if (constant?.dtype !== 'float32' || constant.dims.length > rank) return null;
  const data = constant.data as Float32Array;
  const dims = [...new Array<number>(rank - constant.dims.length).fill(1), ...constant.dims];
  if (data.length === 1)
    return { dtype: 'float32', dims: [channels], data: new Float32Array(channels).fill(data[0] as number) };
  if (data.length !== channels || dims[1] !== channels) return null;
  return { dtype: 'float32', dims: [channels], data };
}
