import type { Config } from '../graph/document.ts';
import { same, type Text } from '../text.ts';
import { layers } from './index.ts';
import type { LayerDef, Shape } from './layer.ts';

/** An entry of the palette: a layer with its default config, or a preset, which is a layer with another config. */
export interface Offer {
  /** The type of the layer, or the id of the preset. */
  readonly id: string;
  readonly layer: LayerDef;
  readonly title: Text;
  readonly doc: Text;
  readonly keywords: readonly string[];
  /** Config that differs from the layer's defaults; it may depend on the input shape `x`, if known. */
  config(x?: Shape): Config;
  /** Origin of a block made by the user: this document, or the library. */
  readonly from?: 'document' | 'library';
  /** Number of copies of a block, in sequence. */
  readonly repeat?: number | undefined;
}

/** All layers, each followed by its presets, in the order of the palette. */
export const offers: readonly Offer[] = layers.flatMap((layer) => [
  { id: layer.type, layer, title: layer.title, doc: layer.doc, keywords: layer.keywords, config: () => ({}) },
  ...(layer.presets ?? []).map((preset) => ({ ...preset, layer, keywords: [...preset.keywords, layer.type] })),
]);

const byId = new Map(offers.map((offer) => [offer.id, offer]));

/** The entry with that id, or undefined if this version does not have it. */
export const offerOf = (id: string): Offer | undefined => byId.get(id);

/** Search terms of an entry, the most specific first. */
export const namesOf = ({ title, id, keywords }: Offer): readonly Text[] => [title, same(id), ...keywords.map(asText)];

/** A Chinese word goes to `zh`, where it is also found by pinyin. */
const asText = (word: string): Text => (/\p{Script=Han}/u.test(word) ? { en: '', zh: word } : same(word));
