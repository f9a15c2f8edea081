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

  constructor(graph: CheckedGraph) {
    this.entries = sampleEntries(graph.document.data, endsOf(graph).inputs.map(networkInput));
    this.size = this.entries.reduce((sum, { shape }) => sum + elementCount(shape), 0);
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
      return [name, { dtype: 'float32', shape: [size, ...takes], data }];
    });
    return { size, tensors: new Map(tensors) };
  }
}

function otherSize(entries: readonly SampleEntry[], size: number, given: number): UserError {
  const shapes = entries.map(({ shape }) => shapeText(shape)).join(' + ');
  return new UserError({
    en: `The network expects samples of ${shapes} = ${size} values; this sample has ${given}. Use a sample of this size.`,
    zh: `网络需要 ${shapes} = ${size} 个值的样本，而此样本有 ${given} 个值。请使用该大小的样本。`,
  });
}
