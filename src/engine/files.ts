import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Dataset } from '../data/dataset.ts';
import { DRAWN, pointsDataset } from '../data/drawnPoints.ts';
import { idxDataset } from '../data/idxDataset.ts';
import { dataName, isFile } from '../data/known.ts';
import { knownSet, knownSets } from '../data/knownSets.ts';
import type { SplitSettings } from '../data/split.ts';
import { toyProblem, toySet } from '../data/toySource.ts';
import { toySets } from '../data/toys.ts';
import type { DataConfig, ImageConfig } from '../graph/document.ts';
import { nearest } from '../nearest.ts';
import { UserError } from '../text.ts';
import type { Progress } from './data/imageEntries.ts';
import { knownFolder } from './data/knownFolder.ts';
import { type OpenedData, openInThread } from './data/opening.ts';
import { inSharedMemory } from './data/sharedMemory.ts';
import { fileError } from './fileError.ts';
import { readBytes } from './readBytes.ts';

/** Where the built files that the engine needs lie. */
export interface EngineFiles {
  /** Folder of the embedded data. */
  readonly data: string;
  /** The script of the thread that prepares batches. */
  readonly batches: string;
  /** The script of the thread that opens own data. */
  readonly opening: string;
  /** The script of the thread that describes datasets. */
  readonly describing: string;
  /** The script of the engine as a thread. */
  readonly worker: string;
}

/** For the entry points of the build, which lie beside `batches.js` in `out/main`: pass `import.meta.url`. */
export const filesBeside = (entry: string): EngineFiles => ({
  data: fileURLToPath(new URL('../data', entry)),
  batches: fileURLToPath(new URL('./batches.js', entry)),
  opening: fileURLToPath(new URL('./opening.js', entry)),
  describing: fileURLToPath(new URL('./describing.js', entry)),
  worker: fileURLToPath(new URL('./worker.js', entry)),
});

/** Embedded datasets by the name that a document's `data.source` gives them. */
const EMBEDDED: Readonly<Record<string, readonly [images: string, labels: string]>> = {
  mnist: ['mnist-images-idx3-ubyte.gz', 'mnist-labels-idx1-ubyte.gz'],
};

/** The names of all data that needs no file. */
export const embeddedData: readonly string[] = [...Object.keys(EMBEDDED), ...toySets];

/** Ways to follow the opening of own data, and what its images are for. */
export interface OpeningOptions {
  /** Size and channels of images where the settings give none; absent: those of the images. */
  readonly image?: ImageConfig | null;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  /** Folder of decoded images; absent: that of this computer. */
  readonly cache?: string;
}

/** The split of a new network. */
export const DEFAULT_SPLIT: SplitSettings = { validation: 0.2, splitSeed: 1 };

/**
 * Opens a dataset: an embedded or generated one by name, or own data by the path of a file or folder. The numbers are in shared
 * memory, so that another thread reads them without a copy. Throws UserError.
 */
export async function openDataset(
  source: string,
  files: EngineFiles,
  settings: Partial<DataConfig> = {},
  options: OpeningOptions = {},
): Promise<Dataset> {
  return (
    (await providedData(source, files, settings)) ?? (await ownData(source, files, settings, options, false)).dataset
  );
}

/** Opens a dataset as `openDataset` does, and returns it before all of its images are decoded. Throws UserError. */
export async function openEarly(
  source: string,
  files: EngineFiles,
  settings: Partial<DataConfig>,
  options: OpeningOptions,
): Promise<OpenedData> {
  const provided = await providedData(source, files, settings);
  if (provided !== null) return { dataset: provided, decoding: null };
  return ownData(source, files, settings, options, true);
}

/** Data that needs no file of the user; null where the source is another. */
async function providedData(
  source: string,
  files: EngineFiles,
  settings: Partial<DataConfig>,
): Promise<Dataset | null> {
  if (source === DRAWN) return inSharedMemory(pointsDataset(settings));
  const wrong = toyProblem(source);
  if (wrong !== null) throw new UserError(wrong);
  const generated = toySet(source);
  if (generated !== null) return inSharedMemory(generated);
  const embedded = Object.hasOwn(EMBEDDED, source) ? EMBEDDED[source] : undefined;
  if (embedded !== undefined) {
    const [images, labels] = embedded.map((file) => join(files.data, file)) as [string, string];
    return inSharedMemory(idxDataset(source, await readBytes(images), await readBytes(labels)));
  }
  return null;
}

async function ownData(
  source: string,
  files: EngineFiles,
  settings: Partial<DataConfig>,
  { image = null, progress, signal, cache }: OpeningOptions,
  early: boolean,
): Promise<OpenedData> {
  const path = await sourcePath(source, settings);
  const { facts: _, source: __, relativeSource: ___, sha256: ____, ...rest } = settings;
  const reading = { data: { ...DEFAULT_SPLIT, ...rest }, image };
  return openInThread(files.opening, { path, reading, early, cache }, progress, signal);
}

/** The path of own data. Throws UserError where nothing is there. */
export async function sourcePath(source: string, settings: Partial<DataConfig>): Promise<string> {
  const found = await stat(source).catch((error: unknown) => error);
  const published = found instanceof Error ? knownSet(source) : null;
  if (found instanceof Error && published === null) {
    // It was opened before, so its path is not mistyped.
    if (isMissing(found) && (settings.sha256 ?? settings.facts) !== undefined) throw movedData(source);
    throw isFile(source) ? fileError(source, found) : unknownData(source);
  }
  return published === null ? source : knownFolder(published);
}

const isMissing = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

const movedData = (source: string) =>
  new UserError({
    en: `Dataset “${dataName(source)}” is no longer at “${source}”. Give its new place: Find it… in the Data workspace (command line: --data PATH), or put it back.`,
    zh: `数据集“${dataName(source)}”已不在“${source}”。请指定新的位置：在“数据”工作区点击“查找…”（命令行：--data 路径），或将其放回原处。`,
  });

function unknownData(source: string): UserError {
  const [near] = nearest(source, [...embeddedData, ...knownSets.map(({ name }) => name)]);
  const meant = near === undefined ? { en: '', zh: '' } : { en: ` Did you mean ${near}?`, zh: `是否指 ${near}？` };
  return new UserError({
    en: `There is no dataset or file “${source}”.${meant.en} Use ${embeddedData.join(', ')}, or the path of your own data: a folder of images, CSV, IDX, CIFAR, NumPy or zip.`,
    zh: `没有数据集或文件“${source}”。${meant.zh}请使用 ${embeddedData.join('、')}，或自己数据的路径：图像文件夹、CSV、IDX、CIFAR、NumPy 或 zip。`,
  });
}
