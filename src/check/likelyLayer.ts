import { layerOf, layers } from '../layers/index.ts';
import type { LayerDef } from '../layers/layer.ts';

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** What other programs call our layers, where their names are not alike. */
const elsewhere: Readonly<Record<string, string>> = {
  dense: 'linear',
  fullyconnected: 'linear',
  innerproduct: 'linear',
  fc: 'linear',
  gemm: 'linear',
  conv: 'conv2d',
  convolution: 'conv2d',
  convolution2d: 'conv2d',
  deconv: 'convTranspose2d',
  conv2dtranspose: 'convTranspose2d',
  maxpool: 'maxPool2d',
  maxpooling2d: 'maxPool2d',
  avgpool: 'avgPool2d',
  averagepool: 'avgPool2d',
  averagepooling2d: 'avgPool2d',
  globalaveragepool: 'globalAvgPool2d',
  globalaveragepooling2d: 'globalAvgPool2d',
  batchnorm: 'batchNorm2d',
  batchnormalization: 'batchNorm2d',
  layernormalization: 'layerNorm',
  groupnormalization: 'groupNorm',
  lrn: 'localResponseNorm',
  swish: 'silu',
  concatenate: 'concat',
  cat: 'concat',
  multiply: 'mul',
  sum: 'add',
  spatialdropout2d: 'dropout2d',
  upsampling2d: 'upsample',
  resize: 'upsample',
  view: 'reshape',
  zeropadding2d: 'zeroPad2d',
};

/** The layer that is most likely meant by a type that this version does not have, or null. */
export function likelyLayer(type: string): LayerDef | null {
  const wanted = plain(type);
  const known = elsewhere[wanted];
  if (known !== undefined) return layerOf(known) ?? null;
  const candidates = layers.map((layer) => ({
    layer,
    off: Math.min(distance(wanted, plain(layer.type)), distance(wanted, plain(layer.title.en))),
  }));
  const best = candidates.reduce((a, b) => (b.off < a.off ? b : a));
  return best.off <= Math.floor(wanted.length / 4) ? best.layer : null;
}

/** Letters to insert, remove or change (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
