import type { CheckedGraph } from '../check/checkedGraph.ts';
import { initialParameters } from '../compile/initialise.ts';
import type { Dataset } from '../data/dataset.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { type EngineFiles, openDataset } from './files.ts';
import { Looker } from './look.ts';
import { needMemory, weightBytes } from './memory.ts';
import { checkedGraph } from './network.ts';
import { Predictor } from './predictor.ts';
import type { Device, Tensors } from './session.ts';

/** A checked document, with sessions that are opened on first use. */
export interface Network {
  readonly graph: CheckedGraph;
  /** Initial parameters, computed once. */
  readonly initial: () => Tensors;
  readonly predictor: () => Promise<Predictor>;
  readonly looker: Looker;
}

/** Keeps the last network and all datasets open, because they are used repeatedly. */
export class Networks {
  readonly #files: EngineFiles;
  readonly #device: Device;
  readonly #datasets = new Map<string, Promise<Dataset>>();
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

  /** Datasets stay open, because every run, evaluation and export uses them. */
  dataset({ data: { source, labels, channels } }: NetworkDocument): Promise<Dataset> {
    const key = JSON.stringify([source, labels, channels]);
    const known = this.#datasets.get(key);
    if (known !== undefined) return known;
    const opening = openDataset(source, this.#files, { labels, channels });
    this.#datasets.set(key, opening);
    // A failed path is not kept, because the user may fix the file.
    opening.catch(() => this.#datasets.delete(key));
    return opening;
  }
}

function open(document: NetworkDocument, device: Device): { network: Network; release: () => void } {
  const graph = checkedGraph(document);
  const looker = new Looker(graph, device);
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
