import type { CheckedGraph, CheckedNode } from '../check/checkedGraph.ts';
import { compileActivations } from '../compile/activations.ts';
import { paramName } from '../compile/forward.ts';
import { type Batch, batchBuffers, fillBatch, type Samples } from '../data/batches.ts';
import type { Dataset, Field } from '../data/dataset.ts';
import { splitOf } from '../data/split.ts';
import type { DataConfig } from '../graph/document.ts';
import type { Tensor } from '../ir/tensor.ts';
import { isInput } from '../layers/input.ts';
import { type LookTarget, lookedAt } from '../look/ends.ts';
import { imagesOf } from '../look/images.ts';
import { type MapLimits, mapsOf } from '../look/maps.ts';
import type { LookArgs, LookedLayer, LookedSample } from '../protocol/look.ts';
import { UserError } from '../text.ts';
import { feedsOf } from './feeds.ts';
import { inputsFor } from './network.ts';
import { OwnSamples } from './ownSamples.ts';
import { type Device, openProgram, type Session, type Tensors, targetOf } from './session.ts';
import { weightFacts, weightNames } from './weightFacts.ts';

/** Limit on the values of all maps in one answer, 1.6 MB. */
const NUMBERS = 400_000;
/** Number of programs that stay open, each for other layers. */
const OPEN = 4;

/** The source of samples. */
export interface LookedData {
  readonly samples: Samples;
  /** Classes of the samples; null if the dataset has none. */
  readonly labels: Field | null;
  /** Indices of the validation samples. */
  readonly validation: Uint32Array;
}

interface OpenProgram {
  readonly program: ReturnType<typeof compileActivations>;
  readonly session: Session;
}

/** Computes the weights and layer outputs of one network for the panel “Look inside”. */
export class LayerReader {
  readonly #graph: CheckedGraph;
  readonly #device: Device;
  readonly #own: OwnSamples;
  readonly #open = new Map<string, Promise<OpenProgram>>();

  #data: { readonly of: Dataset; readonly looked: LookedData } | null = null;

  constructor(graph: CheckedGraph, device: Device) {
    this.#graph = graph;
    this.#device = device;
    this.#own = new OwnSamples(graph);
  }

  async look(
    {
      nodes,
      weights: withWeights,
      maps,
      side,
      sample,
    }: Pick<LookArgs, 'nodes' | 'weights' | 'maps' | 'side' | 'sample'>,
    weights: Tensors,
    start: Tensors | null,
    data: LookedData | null,
  ): Promise<{ layers: LookedLayer[]; sample: LookedSample | null }> {
    const found = nodes.map((path) => this.#find(path));
    const batch = sample === null ? null : this.#batchOf(sample, data);
    const shown = batch === null ? null : await this.#activations(found, batch, weights);
    const limits: MapLimits = { maps, side, numbers: Math.floor(NUMBERS / Math.max(1, nodes.length)) };
    const layers = found.map(({ path, layer, end }): LookedLayer => {
      const output = shown?.get(end.node.id);
      return {
        path,
        maps:
          output === undefined ? null : mapsOf(output.shape.slice(1), output.data as Float32Array<ArrayBuffer>, limits),
        weights: layer === null || !withWeights ? [] : this.#weights(layer, weights, start),
      };
    });
    return { layers, sample: batch === null ? null : this.#sampleOf(batch, data, shown) };
  }

  /** Computed once, because splitting takes longer than the outputs of one sample. */
  dataOf(data: Dataset, config: DataConfig): LookedData {
    if (this.#data?.of !== data) {
      const labels = data.targets.filter(({ kind }) => kind === 'classes');
      const looked = {
        samples: inputsFor(this.#graph, data),
        labels: labels.find(({ name }) => name === this.#classes()?.node.name) ?? labels[0] ?? null,
        validation: splitOf(data, config).validation,
      };
      this.#data = { of: data, looked };
    }
    return this.#data.looked;
  }

  async release(): Promise<void> {
    const opened = [...this.#open.values()];
    this.#open.clear();
    for (const one of opened) await one.then(({ session }) => session.release());
  }

  #find(path: string): LookTarget {
    const found = lookedAt(this.#graph, path);
    if (found !== null) return found;
    throw new UserError({
      en: `Layer “${path}” no longer exists in this network. Select another layer.`,
      zh: `此网络中已没有层“${path}”。请选择其他层。`,
    });
  }

  #weights(layer: CheckedNode, weights: Tensors, start: Tensors | null): LookedLayer['weights'] {
    return weightNames(layer).map((param) => {
      const { data } = weights.get(paramName(layer, param)) as Tensor;
      const images = imagesOf(this.#graph, layer, param, data as Float32Array<ArrayBuffer>);
      return { ...weightFacts(layer, param, weights, start), images };
    });
  }

  /** Outputs of the layers and predictions of the network, by node id. */
  async #activations(found: readonly LookTarget[], batch: SampleBatch, weights: Tensors): Promise<Map<string, Tensor>> {
    const end = this.#classes();
    const nodes = [...found.map((looked) => looked.end), ...(end === null ? [] : [end])];
    const { program, session } = await this.#opened(nodes);
    const results = await session.run(feedsOf(program.program, { batch: batch.batch, held: weights }));
    const shown = new Map<string, Tensor>();
    for (const [id, name] of program.outputs) shown.set(id, results.get(name) as Tensor);
    return shown;
  }

  #opened(nodes: readonly CheckedNode[]): Promise<OpenProgram> {
    const key = nodes.map(({ node }) => node.id).join();
    const known = this.#open.get(key) ?? this.#compile(nodes);
    // Moved to the end, because the least recently used program is closed first.
    this.#open.delete(key);
    this.#open.set(key, known);
    for (const [oldest, old] of this.#open) {
      if (this.#open.size <= OPEN) break;
      this.#open.delete(oldest);
      old.then(({ session }) => session.release()).catch(() => {});
    }
    return known;
  }

  async #compile(nodes: readonly CheckedNode[]): Promise<OpenProgram> {
    const program = compileActivations(this.#graph, nodes, targetOf(this.#device));
    return { program, session: await openProgram(program.program, this.#device) };
  }

  /** The first output layer that predicts classes. */
  #classes(): CheckedNode | null {
    return this.#graph.nodes.find(({ layer }) => layer.output?.answers === 'class') ?? null;
  }

  #batchOf(sample: NonNullable<LookArgs['sample']>, data: LookedData | null): SampleBatch | null {
    if (sample.kind === 'own') return { batch: this.#own.batch(sample.input), index: null, of: null };
    const count = data?.validation.length ?? 0;
    if (data === null || count === 0) return null;
    const index = ((sample.index % count) + count) % count;
    const of = data.validation[index] as number;
    return { batch: fillBatch(data.samples, Uint32Array.of(of), batchBuffers(1, data.samples)), index, of };
  }

  #sampleOf({ batch, index, of }: SampleBatch, data: LookedData | null, shown: Tensors | null): LookedSample {
    const inputs = this.#graph.nodes
      .filter(({ layer }) => isInput(layer.type))
      .map(({ node, outputs }) => ({
        name: node.name,
        shape: [...(Object.values(outputs)[0] ?? [])],
        data: new Float32Array((batch.tensors.get(node.name)?.data ?? []) as Float32Array),
      }));
    const classes = this.#classes();
    const prediction = classes === null ? undefined : shown?.get(classes.node.id);
    return {
      index,
      count: data?.validation.length ?? 0,
      inputs,
      label: of === null ? null : ((data?.labels?.data[of] as number | undefined) ?? null),
      probabilities: prediction === undefined ? null : new Float32Array(prediction.data as Float32Array),
    };
  }
}

/** A batch of one sample. `index`: index in the validation set; `of`: index in the dataset; null for other samples. */
interface SampleBatch {
  readonly batch: Batch;
  readonly index: number | null;
  readonly of: number | null;
}
