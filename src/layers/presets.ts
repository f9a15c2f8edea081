import type { Config } from '../graph/document.ts';
import { same, type Text } from '../text.ts';
import { layers } from './index.ts';
import type { LayerDef, Shape } from './layer.ts';

/** Something that can be added to a drawing: a layer as it is, or a preset, which is a layer with a config of its own. */
export interface Offer {
  /** The layer's type, or the preset's own name. */
  readonly id: string;
  readonly layer: LayerDef;
  readonly title: Text;
  readonly doc: Text;
  readonly keywords: readonly string[];
  /** What differs from the layer's defaults, behind an output of shape `x` where that is known. */
  config(x?: Shape): Config;
  /** A block that the user made: of this document, or kept in the library. */
  readonly from?: 'document' | 'library';
  /** Of a block: how often it is there, one behind the other. */
  readonly repeat?: number | undefined;
}

/** Every layer, each with its presets behind it, in the order of the palette. */
export const offers: readonly Offer[] = layers.flatMap((layer) => [
  { id: layer.type, layer, title: layer.title, doc: layer.doc, keywords: layer.keywords, config: () => ({}) },
  ...(layer.presets ?? []).map((preset) => ({ ...preset, layer, keywords: [...preset.keywords, layer.type] })),
]);

const byId = new Map(offers.map((offer) => [offer.id, offer]));

/** The offer with that id, or undefined when this version does not have it. */
export const offerOf = (id: string): Offer | undefined => byId.get(id);

/** What an offer can be found by, the most telling first. */
export const namesOf = ({ title, id, keywords }: Offer): readonly Text[] => [title, same(id), ...keywords.map(asText)];

/** Chinese words are to be found by their pinyin, too. */
const asText = (word: string): Text => (/\p{Script=Han}/u.test(word) ? { en: '', zh: word } : same(word));
