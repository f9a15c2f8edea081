import type { CheckedGraph } from '../check/checkedGraph.ts';
import { compileEvaluation } from '../compile/evaluation.ts';
import { type Batch, batchesOf } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Program } from '../ir/program.ts';
import { type ClassificationReport, ConfusionMatrix } from '../metrics/classification.ts';
import type { Evaluation } from '../protocol.ts';
import { feedsOf, outputOf, predictionOf, scalarOf } from './feeds.ts';
import { type Device, openProgram, type Session, type Tensors, targetOf } from './session.ts';

const BATCH = 250;

/** An evaluation, with precision, recall and F1 of every class. */
export interface Measured extends Evaluation {
  readonly classes: ClassificationReport['classes'];
}

/** Loss and predictions in prediction mode, with any weights of the graph. */
export class Evaluator {
  readonly #program: Program;
  readonly #session: Session;
  readonly #logits: string;

  private constructor(program: Program, session: Session) {
    this.#program = program;
    this.#session = session;
    this.#logits = predictionOf(program, 'logits');
  }

  static async open(graph: CheckedGraph, device: Device): Promise<Evaluator> {
    const program = compileEvaluation(graph, targetOf(device));
    return new Evaluator(program, await openProgram(program, device));
  }

  /** Mean loss over the batch, and the logits [size, classes]. */
  async run(batch: Batch, weights: Tensors): Promise<{ loss: number; correct: number; logits: Float32Array }> {
    const results = await this.#session.run(feedsOf(this.#program, { batch, held: weights }));
    return {
      loss: scalarOf(results, outputOf(this.#program, 'loss')),
      correct: scalarOf(results, outputOf(this.#program, 'correct')),
      logits: results.get(this.#logits)?.data as Float32Array,
    };
  }

  /** Over the samples `indices` of `data`: mean loss, accuracy, confusion matrix and what it says of each class. */
  async evaluate(data: Dataset, indices: Uint32Array, weights: Tensors): Promise<Measured> {
    let loss = 0;
    let correct = 0;
    let matrix: ConfusionMatrix | null = null;
    for (const batch of batchesOf(data, indices, BATCH)) {
      const result = await this.run(batch, weights);
      loss += result.loss * batch.size;
      correct += result.correct;
      matrix ??= new ConfusionMatrix(result.logits.length / batch.size);
      matrix.addLogits(result.logits, batch.labels);
    }
    const { confusion = [], classes = [] } = matrix?.report() ?? {};
    return {
      loss: loss / indices.length,
      accuracy: correct / indices.length,
      confusion: confusion.map((row) => [...row]),
      classes,
    };
  }

  release(): Promise<void> {
    return this.#session.release();
  }
}
