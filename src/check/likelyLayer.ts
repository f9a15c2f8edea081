import { layers } from '../layers/index.ts';
import type { LayerDef } from '../layers/layer.ts';

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** The most likely layer for an unknown type, or null. */
export function likelyLayer(type: string): LayerDef | null {
  const wanted = plain(type);
  const known = layers.find(({ aliases }) => aliases?.includes(wanted));
  if (known !== undefined) return known;
  const candidates = layers.map((layer) => ({
    layer,
    off: Math.min(distance(wanted, plain(layer.type)), distance(wanted, plain(layer.title.en))),
  }));
  const best = candidates.reduce((a, b) => (b.off < a.off ? b : a));
  return best.off <= Math.floor(wanted.length / 4) ? best.layer : null;
}

/** Levenshtein distance: letters to insert, remove or change. */
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
