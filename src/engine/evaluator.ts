import type { CheckedGraph, CheckedNode } from '../check/checkedGraph.ts';
import { compileEvaluation } from '../compile/evaluation.ts';
import { outputName, TARGET_INPUT } from '../compile/forward.ts';
import { type Batch, batchesOf, type Samples } from '../data/batches.ts';
import { elementCount, type Tensor } from '../ir/tensor.ts';
import { ConfusionMatrix, TopK } from '../metrics/classification.ts';
import { Regression } from '../metrics/regression.ts';
import type { Evaluation, OutputEvaluation } from '../protocol/results.ts';
import { outputOf, scalarOf } from './feeds.ts';
import { trainedOutputs } from './network.ts';
import { NetworkRunner } from './networkRunner.ts';
import { type Device, openProgram, type Tensors, targetOf } from './session.ts';

const BATCH = 250;
/** Values of k for top-k accuracy, used if there are more classes than k. */
const TOP = [2, 3, 5];

/** Program names of an output layer: its predictions and its targets. */
interface Output {
  readonly node: CheckedNode;
  readonly answers: OutputEvaluation['answers'];
  /** The prediction used by the loss: logits or values. */
  readonly prediction: string;
  readonly target: string;
  /** Null without an accuracy. */
  readonly correct: string | null;
}

/**
 * Result of one batch: the mean loss, and for every output the predictions [size, ...] and the number of correct ones.
 */
export interface BatchResult {
  readonly loss: number;
  readonly outputs: readonly { readonly prediction: Float32Array; readonly correct: number | null }[];
}

/** Called for each batch with the predictions [size, ...] of output number `output`, and the targets. */
export type BatchListener = (
  output: number,
  answers: OutputEvaluation['answers'],
  prediction: Float32Array,
  target: Tensor,
  size: number,
) => void;

/** Computes loss and predictions in prediction mode, for any weights of the network. */
export class Evaluator extends NetworkRunner<Output> {
  static async open(graph: CheckedGraph, device: Device): Promise<Evaluator> {
    const outputs = trainedOutputs(graph);
    const program = compileEvaluation(graph, targetOf(device));
    const found = outputs.map((node): Output => {
      const answers = node.layer.output?.answers ?? 'numbers';
      const name = (part: string): string => outputName(graph, node, part);
      const correct = program.outputs.some(({ value }) => value.name === name('correct')) ? name('correct') : null;
      const prediction = name(answers === 'numbers' ? 'values' : 'logits');
      return { node, answers, prediction, target: name(TARGET_INPUT), correct };
    });
    return new Evaluator(program, await openProgram(program, device), found);
  }

  /** True if an output has an accuracy. */
  get hasAccuracy(): boolean {
    return this.outputs.some(({ correct }) => correct !== null);
  }

  async run(batch: Batch, weights: Tensors): Promise<BatchResult> {
    const results = await this.compute(batch, weights);
    return {
      loss: scalarOf(results, outputOf(this.program, 'loss')),
      outputs: this.outputs.map(({ prediction, correct }) => ({
        prediction: results.get(prediction)?.data as Float32Array,
        correct: correct === null ? null : scalarOf(results, correct),
      })),
    };
  }

  /** Evaluates the samples `indices`: mean loss, and the metrics of each output. */
  async evaluate(
    samples: Samples,
    indices: Uint32Array,
    weights: Tensors,
    witness: BatchListener = () => {},
  ): Promise<Evaluation> {
    let loss = 0;
    const scores = this.outputs.map((output) => new Score(output));
    for (const batch of batchesOf(samples, indices, BATCH)) {
      const result = await this.run(batch, weights);
      loss += result.loss * batch.size;
      scores.forEach((score, i) => {
        const { prediction, correct } = result.outputs[i] as BatchResult['outputs'][number];
        const { answers, target } = this.outputs[i] as Output;
        const truth = batch.tensors.get(target) as Tensor;
        score.add(prediction, truth, batch.size, correct);
        witness(i, answers, prediction, truth, batch.size);
      });
    }
    const outputs = scores.map((score) => score.report());
    const { name: _, answers: __, ...first } = outputs[0] as OutputEvaluation;
    const accuracy = outputs.find((output) => output.accuracy !== null)?.accuracy ?? null;
    return { ...first, accuracy, loss: loss / indices.length, outputs };
  }
}

/** Metrics of one output, accumulated batch by batch. */
class Score {
  readonly #output: Output;
  #samples = 0;
  #correct = 0;
  #matrix: ConfusionMatrix | null = null;
  #top: TopK | null = null;
  #regression: Regression | null = null;

  constructor(output: Output) {
    this.#output = output;
  }

  add(prediction: Float32Array, target: Tensor, size: number, correct: number | null): void {
    const width = prediction.length / size;
    this.#samples += size;
    this.#correct += correct ?? 0;
    switch (this.#output.answers) {
      case 'class': {
        this.#matrix ??= new ConfusionMatrix(width);
        this.#matrix.addLogits(prediction, target.data);
        const ks = TOP.filter((k) => k < width);
        this.#top ??= new TopK(width, ks);
        this.#top.addLogits(prediction, target.data);
        return;
      }
      case 'binary':
        this.#matrix ??= new ConfusionMatrix(2);
        this.#matrix.addBinary(prediction, target.data);
        return;
      case 'numbers':
        this.#regression ??= new Regression(elementCount(target.shape) / size);
        this.#regression.add(prediction, target.data as Float32Array);
    }
  }

  report(): OutputEvaluation {
    const { node, answers, correct } = this.#output;
    const report = this.#matrix?.report();
    const top = this.#top;
    return {
      name: node.node.name,
      answers,
      accuracy: correct === null ? null : this.#correct / this.#samples,
      cells: [...(report?.cells ?? [])],
      classes: [...(report?.classes ?? [])],
      macro: report?.macro ?? null,
      weighted: report?.weighted ?? null,
      topK: top === null ? [] : top.report().map((accuracy, i) => ({ k: top.ks[i] as number, accuracy })),
      regression: this.#regression?.report() ?? null,
    };
  }
}
