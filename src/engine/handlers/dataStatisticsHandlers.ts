import { type Dataset, labelsOf, PARTS, type Part } from '../../data/dataset.ts';
import { splitOf } from '../../data/split.ts';
import type { NetworkDocument } from '../../graph/document.ts';
import type { dataStatisticsCalls } from '../../protocol/dataStatistics.ts';
import { UserError } from '../../text.ts';
import type { Decoding } from '../data/decoding.ts';
import { Describer, describingCanceled, partsOf } from '../data/describing.ts';
import { reasonOf } from '../data/imageFault.ts';
import { sampleFile } from '../data/sampleFile.ts';
import type { HandlersOf } from '../server.ts';
import type { Parts } from './networkHandlers.ts';

/** Calls to look at the samples of a dataset. */
export function dataStatisticsHandlers({ networks, describing }: Parts): HandlersOf<typeof dataStatisticsCalls> {
  const describer = new Describer(describing);
  /** Images that are decoded before they can be described. */
  let awaited: Decoding | null = null;
  let stopWaiting: () => void = () => {};
  return {
    async describeData({ document }) {
      stopWaiting();
      const dataset = await new Promise<Dataset>((resolve, reject) => {
        stopWaiting = () => reject(describingCanceled());
        whole(document).then(resolve, reject);
      });
      const parts = partsOf(dataset, splitOf(dataset, document.data));
      return describer.describe({ dataset, parts, source: document.data.source });
    },

    describingProgress: () => ({ progress: awaited?.progress ?? describer.progress }),

    cancelDescribing() {
      stopWaiting();
      describer.cancel();
      return {};
    },

    async findSamples({ document, label, part, text }) {
      const { dataset, parts } = await open(document);
      const labels = labelsOf(dataset);
      const wanted = text.trim().toLowerCase();
      const indices = Uint32Array.from(parts.keys()).filter(
        (index) =>
          (label === null || labels?.[index] === label) &&
          (part === null || parts[index] === PARTS[part]) &&
          (wanted === '' || (dataset.files?.[index]?.toLowerCase().includes(wanted) ?? false)),
      );
      return { indices };
    },

    async sampleOrigin({ document, index }) {
      const { dataset, parts } = await open(document);
      const part = (Object.keys(PARTS) as Part[]).find((name) => PARTS[name] === parts[index]) ?? 'train';
      const path = dataset.files?.[index];
      if (path === undefined) return { part, file: null };
      try {
        const { format, bytes, width, height, channels, image } = await sampleFile(document.data.source, path);
        return {
          part,
          file: { path, format, bytes, width, height, channels, image: { ...image, pixels: image.pixels.slice() } },
        };
      } catch (error) {
        throw error instanceof UserError ? error : unreadable(path, error);
      }
    },
  };

  async function whole(document: NetworkDocument): Promise<Dataset> {
    const { decoding } = await networks.early(document);
    awaited = decoding;
    try {
      return await networks.dataset(document);
    } finally {
      if (awaited === decoding) awaited = null;
    }
  }

  async function open(document: NetworkDocument): Promise<{ dataset: Dataset; parts: Uint8Array }> {
    const { dataset } = await networks.early(document);
    return { dataset, parts: partsOf(dataset, splitOf(dataset, document.data)) };
  }
}

const unreadable = (path: string, error: unknown) =>
  new UserError({
    en: `“${path}” could not be read: ${reasonOf(error).en}. Read the dataset again.`,
    zh: `无法读取“${path}”：${reasonOf(error).zh}。请重新读取数据集。`,
  });
