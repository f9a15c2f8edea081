import type { CheckedGraph } from '../check/checkedGraph.ts';
import { outputName } from '../compile/forward.ts';
import { compileInference } from '../compile/inference.ts';
import type { Program } from '../ir/program.ts';
import type { Tensor } from '../ir/tensor.ts';
import type { OutputPrediction } from '../protocol/results.ts';
import { UserError } from '../text.ts';
import { endsOf } from './network.ts';
import { NetworkRunner } from './networkRunner.ts';
import { OwnSamples } from './ownSamples.ts';
import { type Device, openProgram, type Session, type Tensors, targetOf } from './session.ts';

interface Output extends Omit<OutputPrediction, 'values'> {
  /** Name of its result in the program. */
  readonly result: string;
}

/** Number of samples per batch. */
const BATCH = 250;

/** Computes predictions for samples, with any weights of the network. */
export class Predictor extends NetworkRunner<Output> {
  readonly #samples: OwnSamples;

  private constructor(program: Program, session: Session, outputs: readonly Output[], samples: OwnSamples) {
    super(program, session, outputs);
    this.#samples = samples;
  }

  static async open(graph: CheckedGraph, device: Device): Promise<Predictor> {
    const program = compileInference(graph, targetOf(device));
    const { outputs } = endsOf(graph);
    if (outputs.length === 0) {
      throw new UserError({
        en: 'Predictions need a network with an output. Add a Classifier, Binary classifier or Regression output.',
        zh: '预测要求网络至少有一个输出。请添加分类、二分类或回归输出。',
      });
    }
    const found = outputs.map((node): Output => {
      const answers = node.layer.output?.answers ?? 'numbers';
      const result = outputName(graph, node, answers === 'numbers' ? 'values' : 'probabilities');
      return { name: node.node.name, answers, result };
    });
    return new Predictor(program, await openProgram(program, device), found, new OwnSamples(graph));
  }

  /** Probabilities for one sample of `OwnSamples`. */
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

  /** Predictions for one or more consecutive samples of `OwnSamples`. Throws UserError where their size does not fit. */
  async predict(samples: Float32Array<ArrayBuffer>, weights: Tensors): Promise<OutputPrediction[]> {
    const parts: Map<string, Float32Array>[] = [];
    const step = this.#samples.most(BATCH) * this.#samples.size;
    for (let at = 0; at === 0 || at < samples.length; at += step) {
      const results = await this.compute(this.#samples.batch(samples.subarray(at, at + step)), weights);
      parts.push(new Map([...results].map(([key, { data }]) => [key, asFloats(data)])));
    }
    return this.outputs.map(({ result, ...output }) => ({
      ...output,
      values: joined(parts.map((part) => part.get(result) as Float32Array)),
    }));
  }
}

/** Raw outputs as numbers; a text is NaN. */
const asFloats = (data: Tensor['data']): Float32Array =>
  data instanceof Float32Array ? data : Float32Array.from<number | bigint>(data, Number);

function joined(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const all = new Float32Array(parts.reduce((count, part) => count + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
