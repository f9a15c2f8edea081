import type { CheckedGraph } from '../check/checkedGraph.ts';
import { initialParameters } from '../compile/initialize.ts';
import type { Dataset } from '../data/dataset.ts';
import { DRAWN } from '../data/drawnPoints.ts';
import { EMBEDDED, isOwn } from '../data/known.ts';
import { readingOf } from '../data/readingKey.ts';
import { requireSameFacts } from '../data/sameFacts.ts';
import type { DataConfig, ImageConfig, NetworkDocument } from '../graph/document.ts';
import { UserError } from '../text.ts';
import type { Decoding } from './data/decoding.ts';
import type { OpenedData } from './data/opening.ts';
import { type EngineFiles, type OpeningOptions, openDataset, openEarly, sourcePath } from './files.ts';
import { LayerReader } from './look.ts';
import { needMemory, weightBytes } from './memory.ts';
import { checkedGraph, inputImage } from './network.ts';
import { Predictor } from './predictor.ts';
import type { Device, Tensors } from './session.ts';

/** A checked document, with sessions that are opened on first use. */
export interface Network {
  readonly graph: CheckedGraph;
  /** Initial parameters, computed once. */
  readonly initial: () => Tensors;
  readonly predictor: () => Promise<Predictor>;
  readonly looker: LayerReader;
}

/** A dataset, and the split that it was opened with. */
interface OpenDataset {
  /** Settings that give this dataset: without an image size those that it was opened with, and the same with its own size. */
  readonly keys: string[];
  readonly splitKey: string;
  readonly data: Promise<OpenedData>;
}

const imageKey = (image: ImageConfig | null) => image && [image.channels, image.height, image.width, image.fit];

/** Numbers of a table are standardized by its training rows, so they depend on the split. */
const isStandardized = ({ columns }: Dataset): boolean => columns !== undefined;

/** Keeps the last network and all datasets open, because they are used repeatedly. */
export class Networks {
  readonly #files: EngineFiles;
  readonly #device: Device;
  /** The last dataset of every kind: files, embedded, generated or drawn. */
  readonly #datasets = new Map<'own' | 'embedded' | 'made', OpenDataset>();
  /** Keys of datasets with images that turned out to be undecodable: they are decoded before they are used. */
  readonly #damaged = new Set<string>();
  #decoding: Decoding | null = null;
  #abort: AbortController | null = null;
  /** The opening that the user asked for last; null when it has ended. */
  #asked: Promise<unknown> | null = null;
  #opening: { readonly done: number; readonly total: number } | null = null;
  #last: { readonly key: string; readonly network: Network; readonly release: () => void } | null = null;

  constructor(files: EngineFiles, device: Device) {
    this.#files = files;
    this.#device = device;
  }

  /** The last network is kept, because the drawing pad requests the same one many times per second. */
  of(document: NetworkDocument): Network {
    const nodes = document.nodes.map(({ position: _, pinned: __, ...node }) => node);
    const key = JSON.stringify([nodes, document.edges, document.blocks, document.recipe, document.data]);
    if (this.#last?.key === key) return this.#last.network;
    const opened = open(document, this.#device);
    this.#last?.release();
    this.#last = { key, ...opened };
    return opened.network;
  }

  /** Files read of the own data that is being opened; null where none is. */
  get opening(): { readonly done: number; readonly total: number } | null {
    return this.#opening;
  }

  /** Images decoded of the own data that was opened last; null where none are being decoded. */
  get decoding(): { readonly done: number; readonly total: number; readonly faults: number } | null {
    if (this.#decoding === null || this.#decoding.hasEnded) return null;
    return { ...this.#decoding.progress, faults: this.#decoding.faults.length };
  }

  /** Ends the opening of own data, for all callers. */
  cancelOpening(): void {
    this.#abort?.abort(canceled());
  }

  /**
   * Opens data that the user asks for; another opening ends. `asIs`: images without settings keep their own size.
   */
  async askedData(document: NetworkDocument, asIs: boolean): Promise<OpenedData> {
    const opening = this.#checked(document, asIs);
    const ended = opening.catch(() => {});
    this.#asked = ended;
    try {
      return await opening;
    } finally {
      if (this.#asked === ended) this.#asked = null;
    }
  }

  /**
   * Datasets stay open, because every run, evaluation and export uses them. Waits for data that the user asked for, which may
   * take the place of this one.
   */
  async dataset(document: NetworkDocument): Promise<Dataset> {
    for (;;) {
      const { dataset, decoding } = await this.early(document);
      await decoding?.all();
      // Without its undecodable images it is another dataset.
      if (decoding === null || decoding.faults.length === 0) return dataset;
    }
  }

  /** The dataset as `dataset` gives it, whose images may not be decoded yet. */
  async early(document: NetworkDocument): Promise<OpenedData> {
    while (this.#asked !== null) await this.#asked;
    return this.#checked(document, false);
  }

  /** The dataset to train on. Once one of its images turned out to be undecodable, waits for the dataset without those that are. */
  async toTrain(document: NetworkDocument): Promise<OpenedData> {
    const opened = await this.early(document);
    if (opened.decoding === null || opened.decoding.faults.length === 0) return opened;
    return { dataset: await this.dataset(document), decoding: null };
  }

  async #checked(document: NetworkDocument, asIs: boolean): Promise<OpenedData> {
    const { facts, ...data } = document.data;
    const opened = await this.#open(document, data, asIs);
    if (facts !== undefined) requireSameFacts(data.source, facts, opened.dataset);
    return opened;
  }

  async #open(document: NetworkDocument, data: DataConfig, asIs: boolean): Promise<OpenedData> {
    const image = data.image ?? (asIs ? null : inputImage(document));
    const { source } = data;
    const { points, validation, splitSeed, split, image: _, ...reading } = readingOf(data);
    const kind = isOwn(data) ? 'own' : source === EMBEDDED ? 'embedded' : 'made';
    const keyOf = (size: ImageConfig | null): string =>
      JSON.stringify(kind === 'own' ? [reading, imageKey(size)] : source === DRAWN ? [source, points] : [source]);
    const key = keyOf(image);
    const splitKey = JSON.stringify([validation, splitSeed, split]);
    const kept = this.#datasets.get(kind);
    if (kept?.keys.includes(key) === true) {
      if (kept.splitKey === splitKey || !isStandardized((await kept.data).dataset)) return kept.data;
      // Another caller may have opened it meanwhile.
      if (this.#datasets.get(kind) !== kept) return this.#open(document, data, asIs);
    }
    const opened = kind === 'own' ? this.#own(data, image, key) : openEarly(source, this.#files, data, {});
    const keys = [key];
    this.#datasets.set(kind, { keys, splitKey, data: opened });
    kept?.data.then(({ decoding }) => decoding?.abandon()).catch(() => {});
    const forget = () => {
      if (this.#datasets.get(kind)?.data === opened) this.#datasets.delete(kind);
    };
    opened.then(
      ({ dataset, decoding }) => {
        if (dataset.image !== undefined) keys.push(keyOf(dataset.image));
        if (kind === 'own') this.#decoding = decoding;
        decoding?.ended.then(() => {
          if (decoding.problem === null) return;
          if (decoding.faults.length > 0) for (const each of keys) this.#damaged.add(each);
          forget();
        });
      },
      // A failed path is not kept, because the user may fix the file.
      forget,
    );
    return opened;
  }

  async #own(data: DataConfig, image: ImageConfig | null, key: string): Promise<OpenedData> {
    // Data that is not there does not end the opening of other data.
    await sourcePath(data.source, data);
    this.#abort?.abort(canceled());
    const abort = new AbortController();
    this.#abort = abort;
    this.#opening = { done: 0, total: 0 };
    try {
      const options: OpeningOptions = {
        image,
        signal: abort.signal,
        progress: (done, total) => {
          if (this.#abort === abort) this.#opening = { done, total };
        },
      };
      if (!this.#damaged.has(key)) return await openEarly(data.source, this.#files, data, options);
      return { dataset: await openDataset(data.source, this.#files, data, options), decoding: null };
    } finally {
      if (this.#abort === abort) [this.#abort, this.#opening] = [null, null];
    }
  }
}

const canceled = () => new UserError({ en: 'Opening the dataset was canceled.', zh: '已取消打开数据集。' });

function open(document: NetworkDocument, device: Device): { network: Network; release: () => void } {
  const graph = checkedGraph(document);
  const looker = new LayerReader(graph, device);
  let drawn: Tensors | null = null;
  let predictor: Promise<Predictor> | null = null;
  const initial = () => {
    if (drawn === null) needMemory(weightBytes(graph));
    drawn ??= initialParameters(graph, document.recipe.seed);
    return drawn;
  };
  return {
    network: {
      graph,
      initial,
      predictor: () => {
        predictor ??= Predictor.open(graph, device);
        return predictor;
      },
      looker,
    },
    release() {
      predictor?.then((old) => old.release()).catch(() => {});
      looker.release().catch(() => {});
    },
  };
}
