import type { CheckedGraph } from '../check/checkedGraph.ts';
import { compileInference } from '../compile/inference.ts';
import type { BatchTensor } from '../data/batches.ts';
import type { Program, Value } from '../ir/program.ts';
import { knownDims } from '../ir/shape.ts';
import { elementCount } from '../ir/tensor.ts';
import { UserError } from '../text.ts';
import { feedsOf } from './feeds.ts';
import { type Device, openProgram, type Session, type Tensors, targetOf } from './session.ts';

const PROBABILITIES = 'probabilities';

/** Class probabilities for single samples, with any weights of the graph. */
export class Predictor {
  readonly #program: Program;
  readonly #session: Session;

  private constructor(program: Program, session: Session) {
    this.#program = program;
    this.#session = session;
  }

  static async open(graph: CheckedGraph, device: Device): Promise<Predictor> {
    const program = compileInference(graph, targetOf(device));
    const inputs = program.inputs.filter(({ role }) => role.kind === 'data');
    if (inputs.length !== 1 || !program.outputs.some(({ value }) => value.name === PROBABILITIES)) {
      throw new UserError({
        en: 'Predictions are shown for networks with one input and one output that gives probabilities. Use a Classifier as its only output.',
        zh: '仅对具有一个输入和一个给出概率的输出的网络显示预测。请以分类输出作为唯一输出。',
      });
    }
    return new Predictor(program, await openProgram(program, device));
  }

  /** `input`: one sample, [C, H, W] flattened. */
  async run(input: Float32Array<ArrayBuffer>, weights: Tensors): Promise<Float32Array<ArrayBuffer>> {
    const { name, shape } = this.#program.inputs.find(({ role }) => role.kind === 'data')?.value as Value;
    const expected = knownDims(shape.slice(1), 'a sample');
    if (input.length !== elementCount(expected)) {
      throw new UserError({
        en: `The network takes samples of ${expected.join('×')} = ${elementCount(expected)} numbers; this one has ${input.length}. Give one of that size.`,
        zh: `网络接收 ${expected.join('×')} = ${elementCount(expected)} 个数的样本，而此样本有 ${input.length} 个。请提供该大小的样本。`,
      });
    }
    const data: BatchTensor = { dtype: 'float32', shape: [1, ...expected], data: input };
    const results = await this.#session.run(
      feedsOf(this.#program, { batch: { size: 1, tensors: new Map([[name, data]]) }, held: weights }),
    );
    return results.get(PROBABILITIES)?.data as Float32Array<ArrayBuffer>;
  }

  release(): Promise<void> {
    return this.#session.release();
  }
}
