import type { CheckedGraph } from '../check/checkedGraph.ts';
import { compileEvaluation } from '../compile/evaluation.ts';
import { type Batch, batchesOf } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Program } from '../ir/program.ts';
import type { Evaluation } from '../protocol.ts';
import { feedsOf, outputOf, predictionOf, scalarOf } from './feeds.ts';
import { type Device, openProgram, type Session, type Tensors, targetOf } from './session.ts';

const BATCH = 250;

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

  /** Means over the samples `indices` of `data`, and the confusion matrix of true (rows) and predicted classes. */
  async evaluate(data: Dataset, indices: Uint32Array, weights: Tensors): Promise<Evaluation> {
    let loss = 0;
    let correct = 0;
    let confusion: number[][] = [];
    for (const batch of batchesOf(data, indices, BATCH)) {
      const result = await this.run(batch, weights);
      loss += result.loss * batch.size;
      correct += result.correct;
      const classes = result.logits.length / batch.size;
      if (confusion.length === 0) confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
      batch.labels.forEach((label, row) => {
        const counts = confusion[Number(label)] as number[];
        const predicted = argMax(result.logits.subarray(row * classes, (row + 1) * classes));
        counts[predicted] = (counts[predicted] as number) + 1;
      });
    }
    return { loss: loss / indices.length, accuracy: correct / indices.length, confusion };
  }

  release(): Promise<void> {
    return this.#session.release();
  }
}

/** Index of the largest number, the first of equals. */
export function argMax(numbers: Float32Array): number {
  let best = 0;
  for (let i = 1; i < numbers.length; i++) if ((numbers[i] as number) > (numbers[best] as number)) best = i;
  return best;
}
