import type { CheckedGraph } from '../check/checkedGraph.ts';
import type { Batch, BatchTensor } from '../data/batches.ts';
import { type SampleEntry, sampleEntries } from '../data/sampleEntries.ts';
import { elementCount } from '../ir/tensor.ts';
import { shapeText } from '../layers/config.ts';
import { UserError } from '../text.ts';
import { endsOf, networkInput } from './network.ts';

/**
 * The way into a network for samples that are no part of its dataset. Such a sample is the values of all inputs, one input
 * after the other in the order of `entries`.
 */
export class OwnSamples {
  readonly entries: readonly SampleEntry[];
  /** Values of one sample. */
  readonly size: number;
  /** Inputs without a batch axis, which all samples of a batch share. */
  readonly #shared: ReadonlySet<string>;

  /** Throws UserError where an input takes texts. */
  constructor(graph: CheckedGraph) {
    const { inputs } = endsOf(graph);
    const types = inputs.map(({ node, raw }) => ({ name: node.name, type: Object.values(raw)[0] }));
    const text = types.find(({ type }) => type?.dtype === 'string');
    if (text !== undefined) throw takesTexts(text.name);
    this.#shared = new Set(types.flatMap(({ name, type }) => (type?.batch === false ? [name] : [])));
    this.entries = sampleEntries(graph.document.data, inputs.map(networkInput));
    this.size = this.entries.reduce((sum, { shape }) => sum + elementCount(shape), 0);
  }

  /** Max number of samples in a batch: one if an input has no batch axis. */
  most(wanted: number): number {
    return this.#shared.size > 0 ? 1 : wanted;
  }

  /**
   * Consecutive samples as a batch, after the transforms of prediction. Throws UserError where their number of values does not
   * fit.
   */
  batch(samples: Float32Array): Batch {
    const all = this.size;
    if (samples.length === 0 || samples.length % all !== 0) throw otherSize(this.entries, all, samples.length);
    const size = samples.length / all;
    let at = 0;
    const tensors = this.entries.map(({ name, shape, takes, prepare }): [string, BatchTensor] => {
      const [from, length] = [at, elementCount(shape)];
      const data = new Float32Array(size * elementCount(takes));
      for (let sample = 0; sample < size; sample++) {
        const start = sample * all + from;
        data.set(prepare(samples.slice(start, start + length)), sample * elementCount(takes));
      }
      at += length;
      return [name, { dtype: 'float32', shape: this.#shared.has(name) ? takes : [size, ...takes], data }];
    });
    return { size, tensors: new Map(tensors) };
  }
}

const takesTexts = (name: string): UserError =>
  new UserError({
    en: `Input “${name}” takes texts, but predictions here need numbers. Export the network, and run it in another program.`,
    zh: `输入“${name}”接受文本，而这里的预测只接受数值。请导出网络，在其他程序中运行。`,
  });

function otherSize(entries: readonly SampleEntry[], size: number, given: number): UserError {
  const shapes = entries.map(({ shape }) => shapeText(shape)).join(' + ');
  return new UserError({
    en: `The network expects samples of ${shapes} = ${size} values; this sample has ${given}. Use a sample of this size.`,
    zh: `网络需要 ${shapes} = ${size} 个值的样本，而此样本有 ${given} 个值。请使用该大小的样本。`,
  });
}
