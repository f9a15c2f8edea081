import type { LayerDef } from '../../src/layers/layer.ts';
import { textOf } from '../i18n/i18n.ts';

/** Layers whose name, type or category has every word of the query, in either language; all of them for none. */
export function findLayers(layers: readonly LayerDef[], query: string): readonly LayerDef[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return layers.filter(({ title, type, category }) => {
    const group = textOf(`category.${category}`);
    const text = [title.en, title.zh, type, group.en, group.zh].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
