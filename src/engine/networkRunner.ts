import type { Batch } from '../data/batches.ts';
import type { Program } from '../ir/program.ts';
import { feedsOf } from './feeds.ts';
import type { Session, Tensors } from './session.ts';

/** A program of a network with its session, run for any weights; `Output` describes an output layer. */
export class NetworkRunner<Output> {
  protected readonly program: Program;
  protected readonly outputs: readonly Output[];
  readonly #session: Session;

  protected constructor(program: Program, session: Session, outputs: readonly Output[]) {
    this.program = program;
    this.#session = session;
    this.outputs = outputs;
  }

  protected compute(batch: Batch, weights: Tensors): Promise<Tensors> {
    return this.#session.run(feedsOf(this.program, { batch, held: weights }));
  }

  release(): Promise<void> {
    return this.#session.release();
  }
}
