import { blockFaceOf, blockLayers } from '../check/faces.ts';
import { blockLayer, type NetworkDocument } from '../graph/document.ts';
import type { LayerDef } from '../layers/layer.ts';
import { type Offer, offers } from '../layers/presets.ts';
import { isOfLibrary, libraryOffers } from './library.ts';

const offerOfBlock = (layer: LayerDef): Offer => ({
  id: layer.type,
  layer,
  title: layer.title,
  doc: layer.doc,
  keywords: layer.keywords,
  config: () => ({}),
});

/** All layers, presets and built-in blocks, in the order of the palette. */
const builtIn: readonly Offer[] = [...offers, ...blockLayers().map(offerOfBlock)];
const byId = new Map(builtIn.map((offer) => [offer.id, offer]));

type Blocks = NetworkDocument['blocks'];
const made = new WeakMap<LayerDef, Offer>();
const known = new WeakMap<Blocks, readonly Offer[]>();

/** Palette entry of a block, cached as long as the block does not change. */
function offerOfFace(layer: LayerDef): Offer {
  const offer = made.get(layer) ?? { ...offerOfBlock(layer), from: 'document' };
  made.set(layer, offer);
  return offer;
}

/** All entries that can be added to the document: layers, presets, built-in blocks, its own blocks, those of the library. */
export function offersIn(doc: Pick<NetworkDocument, 'blocks' | 'operators'>): readonly Offer[] {
  const { blocks } = doc;
  if (blocks.length === 0) return builtIn;
  const before = known.get(blocks);
  if (before !== undefined) return before;
  const own = blocks.flatMap(({ id }) => {
    if (isOfLibrary(id)) return [];
    const face = blockFaceOf(doc, blockLayer(id));
    return face === undefined || face.cycle !== null ? [] : [offerOfFace(face.layer)];
  });
  const all = [...builtIn, ...own, ...libraryOffers(doc)];
  known.set(blocks, all);
  return all;
}

/** The entry with that id, or undefined if neither this version nor the document has it. */
export const offerIn = (doc: Pick<NetworkDocument, 'blocks' | 'operators'>, id: string): Offer | undefined =>
  byId.get(id) ?? offersIn(doc).find((offer) => offer.id === id);
