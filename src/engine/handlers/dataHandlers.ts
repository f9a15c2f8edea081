import { type Dataset, labelsOf, MOST_GROUPS } from '../../data/dataset.ts';
import { factsFrom, isOwn } from '../../data/known.ts';
import { knownSet } from '../../data/knownSets.ts';
import { classCounts, labelText } from '../../data/labelForms.ts';
import { splitSamples } from '../../data/split.ts';
import { classesOfParts, samplesUsed } from '../../data/usedSamples.ts';
import { type dataCalls, MOST_UNREADABLE } from '../../protocol/data.ts';
import { DecodedCache, MOST_KEPT } from '../data/decodedCache.ts';
import { knownFolder } from '../data/knownFolder.ts';
import { sourceSha256 } from '../data/sourceSha256.ts';
import type { HandlersOf } from '../server.ts';
import type { Parts } from './networkHandlers.ts';

/** Calls about the dataset of a network. */
export const dataHandlers = ({ networks }: Parts): HandlersOf<typeof dataCalls> => ({
  async openData({ document, asIs, whole }) {
    const { dataset, decoding } = await networks.askedData(document, asIs);
    const data = whole ? await networks.dataset(document) : dataset;
    const { unreadable = [], targets } = data;
    const target = targets[0];
    const sha256 = isOwn(document.data) ? await sourceSha256(document.data.source).catch(() => null) : null;
    const before = document.data.sha256;
    return {
      sha256,
      isChanged: before !== undefined && sha256 !== null && sha256 !== before,
      facts: factsFrom(data, document.data.split),
      kind: kindOf(data),
      labels: labelText(data),
      classes: target?.kind === 'classes' ? classCounts(target) : [],
      columns: (data.columns ?? []).map((column) => ({ ...column })),
      groupings: (data.groupings ?? []).map(({ name, values }) => ({ name, values })),
      folders: foldersOf(data),
      image: data.image ?? null,
      recolored: decoding?.recolored ?? data.recolored ?? 0,
      isDecoding: data === dataset && decoding?.hasEnded === false,
      unreadableCount: unreadable.length,
      unreadable: unreadable.slice(0, MOST_UNREADABLE).map((each) => ({ ...each })),
    };
  },

  async findKnown({ name, folder }) {
    const set = knownSet(name);
    if (set === null) throw new Error(`no published dataset '${name}'`);
    return { folder: await knownFolder(set, [folder]) };
  },

  async describeSplit({ document }) {
    const { dataset: data } = await networks.early(document);
    const split = splitSamples(data, labelsOf(data), document.data);
    return { samples: samplesUsed(data, split, document.data), classes: classesOfParts(data, split) };
  },

  dataProgress: () => ({ progress: networks.opening }),

  decodingProgress: () => ({ progress: networks.decoding }),

  decodedImages: async () => ({ bytes: await new DecodedCache().size(), most: MOST_KEPT }),

  clearDecodedImages: async () => ({ bytes: await new DecodedCache().clear() }),

  cancelOpening() {
    networks.cancelOpening();
    return {};
  },
});

/** Names of the folders of the files, the outer ones first, as many as a person assigns. */
export function foldersOf({ files = [] }: Pick<Dataset, 'files'>): string[] {
  const paths = files.map((file) => file.split('/').slice(0, -1));
  const deepest = paths.reduce((most, { length }) => Math.max(most, length), 0);
  const names = new Set<string>();
  for (let depth = 0; depth < deepest && names.size < MOST_GROUPS; depth++) {
    for (const path of paths) if (path[depth] !== undefined && names.size < MOST_GROUPS) names.add(path[depth]);
  }
  return [...names];
}

/** Images, a table, or other numbers. */
export function kindOf({ inputs: [input], columns }: Dataset): 'images' | 'table' | 'numbers' {
  if (input?.kind === 'bytes') return 'images';
  return columns === undefined ? 'numbers' : 'table';
}
