import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Samples } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import { splitOf } from '../data/split.ts';
import { threadedFeed } from './batchFeed.ts';
import { DEFAULT_SPLIT, type EngineFiles, openEarly } from './files.ts';
import { encoded, picture } from './measureData.ts';

/** Times of one opening of a dataset. */
export interface OpeningTimes {
  readonly opening: 'first' | 'again';
  readonly samples: number;
  /** Seconds until samples, classes and split are known. */
  readonly scan: number;
  /** Seconds from then until the first batch of 64 is ready. */
  readonly firstBatch: number;
  /** Seconds from the start until all images are decoded. */
  readonly all: number;
  /** Processor time of the process in these three spans, in seconds: it says more than the clock where other programs run. */
  readonly cpu: { readonly scan: number; readonly firstBatch: number; readonly all: number };
  /** Most memory of the process so far, in MB. */
  readonly peakMb: number;
}

const BATCH = 64;

/** Measures the opening of own data twice: with an empty cache of decoded images, and with the one that the first opening leaves. */
export async function* measureOpening(source: string, files: EngineFiles): AsyncGenerator<OpeningTimes> {
  const cache = await mkdtemp(join(tmpdir(), 'netloom-decoded-'));
  try {
    for (const opening of ['first', 'again'] as const) yield { opening, ...(await openingTimes(source, files, cache)) };
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
}

async function openingTimes(source: string, files: EngineFiles, cache: string): Promise<Omit<OpeningTimes, 'opening'>> {
  const started = performance.now();
  const before = process.cpuUsage();
  const cpuSince = (): number => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
  const { dataset, decoding } = await openEarly(source, files, {}, { cache });
  const { train } = splitOf(dataset, DEFAULT_SPLIT);
  const [scanned, scan] = [performance.now(), cpuSince()];
  const order = { indices: train, batch: BATCH, seed: 1, first: { epoch: 0, seen: 0 } };
  const feed = threadedFeed({ ...order, samples: samplesOf(dataset) }, files.batches);
  try {
    await feed.next();
    const [fed, firstBatch] = [performance.now(), cpuSince() - scan];
    await decoding?.all();
    return {
      samples: dataset.count,
      scan: (scanned - started) / 1000,
      firstBatch: (fed - scanned) / 1000,
      all: (performance.now() - started) / 1000,
      cpu: { scan, firstBatch, all: cpuSince() },
      peakMb: process.resourceUsage().maxRSS / 1024,
    };
  } finally {
    await feed.close();
  }
}

/** All fields as they are. */
const samplesOf = ({ count, inputs, targets }: Dataset): Samples => ({
  count,
  columns: [...inputs, ...targets].map((field) => ({
    input: field.name,
    dtype: field.kind === 'classes' ? 'int64' : 'float32',
    shape: field.shape,
    field,
  })),
});

const CLASSES = 10;
/** Different pictures in a made folder; the others are copies. */
const PICTURES = 16;

/** Makes a folder of JPEG files of 500×375 in class folders. Returns its path; the caller removes it. */
export async function imageFolder(count: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'netloom-images-'));
  const pictures: Uint8Array[] = [];
  for (let seed = 0; seed < PICTURES; seed++) pictures.push(await encoded(picture(500, 375, seed), 'JPEG'));
  for (let label = 0; label < CLASSES; label++) await mkdir(join(folder, `class ${label}`));
  for (let at = 0; at < count; at++) {
    await writeFile(join(folder, `class ${at % CLASSES}`, `${at}.jpg`), pictures[at % PICTURES] as Uint8Array);
  }
  return folder;
}
