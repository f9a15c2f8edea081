import type { CheckedGraph } from '../check/checkedGraph.ts';
import { outputName } from '../compile/forward.ts';
import { compileInference } from '../compile/inference.ts';
import type { BatchTensor } from '../data/batches.ts';
import type { SampleEntry } from '../data/prepared.ts';
import type { Value } from '../ir/program.ts';
import { knownDims } from '../ir/shape.ts';
import { elementCount } from '../ir/tensor.ts';
import type { OutputPrediction } from '../protocol/results.ts';
import { UserError } from '../text.ts';
import { endsOf, entryOf } from './network.ts';
import { NetworkRunner } from './networkRunner.ts';
import { type Device, openProgram, type Tensors, targetOf } from './session.ts';

interface Output extends Omit<OutputPrediction, 'values'> {
  /** Name of its result in the program. */
  readonly result: string;
}

/** Number of samples per batch. */
const BATCH = 250;

/** Computes predictions for samples, with any weights of the network. */
export class Predictor extends NetworkRunner<Output> {
  #entry: SampleEntry | null = null;

  static async open(graph: CheckedGraph, device: Device): Promise<Predictor> {
    const program = compileInference(graph, targetOf(device));
    const { outputs } = endsOf(graph);
    if (program.inputs.filter(({ role }) => role.kind === 'data').length !== 1 || outputs.length === 0) {
      throw new UserError({
        en: 'Predictions need a network with one input and at least one output. Use one Input layer and a Classifier, Binary classifier or Regression output.',
        zh: '预测要求网络有一个输入和至少一个输出。请使用一个输入层，以及分类、二分类或回归输出。',
      });
    }
    const found = outputs.map((node): Output => {
      const answers = node.layer.output?.answers ?? 'numbers';
      const result = outputName(graph, node, answers === 'numbers' ? 'values' : 'probabilities');
      return { name: node.node.name, answers, result };
    });
    const predictor = new Predictor(program, await openProgram(program, device), found);
    predictor.#entry = entryOf(graph);
    return predictor;
  }

  /** Shape of the samples to give: before the transforms. */
  get sampleShape(): readonly number[] {
    return this.#entry?.shape ?? [];
  }

  /** Probabilities for one sample; `input` is [C, H, W] flattened. */
  async run(input: Float32Array<ArrayBuffer>, weights: Tensors): Promise<Float32Array<ArrayBuffer>> {
    const [output] = this.outputs;
    if (this.outputs.length > 1 || output?.answers === 'numbers') {
      throw new UserError({
        en: 'Class probabilities need a network with one output that predicts classes. Use a Classifier as the only output.',
        zh: '类别概率要求网络只有一个预测类别的输出。请将分类输出作为唯一的输出。',
      });
    }
    return (await this.predict(input, weights))[0]?.values as Float32Array<ArrayBuffer>;
  }

  /**
   * Predictions for one or more samples. `samples`: consecutive samples as in the dataset, each [C, H, W] flattened; they go
   * through the transforms of prediction.
   */
  async predict(samples: Float32Array<ArrayBuffer>, weights: Tensors): Promise<OutputPrediction[]> {
    const entry = this.#entry as SampleEntry;
    const size = elementCount(entry.shape);
    if (samples.length === 0 || samples.length % size !== 0) {
      throw new UserError({
        en: `The network expects samples of ${entry.shape.join('×')} = ${size} values; this sample has ${samples.length}. Use a sample of this size.`,
        zh: `网络需要 ${entry.shape.join('×')} = ${size} 个值的样本，而此样本有 ${samples.length} 个值。请使用该大小的样本。`,
      });
    }
    const { name, shape } = this.program.inputs.find(({ role }) => role.kind === 'data')?.value as Value;
    const expected = knownDims(shape.slice(1), 'a sample');
    const parts: Map<string, Float32Array>[] = [];
    for (let at = 0; at < samples.length; at += BATCH * size) {
      const part = samples.subarray(at, at + BATCH * size);
      const count = part.length / size;
      const each = Array.from({ length: count }, (_, i) => entry.prepare(part.subarray(i * size, (i + 1) * size)));
      const data = count === 1 ? (each[0] as Float32Array<ArrayBuffer>) : joined(each);
      const tensor: BatchTensor = { dtype: 'float32', shape: [count, ...expected], data };
      const batch = { size: count, tensors: new Map([[name, tensor]]) };
      const results = await this.compute(batch, weights);
      parts.push(new Map([...results].map(([key, { data }]) => [key, data as Float32Array])));
    }
    return this.outputs.map(({ result, ...output }) => ({
      ...output,
      values: joined(parts.map((part) => part.get(result) as Float32Array)),
    }));
  }
}

function joined(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const all = new Float32Array(parts.reduce((count, part) => count + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
