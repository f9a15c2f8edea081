import type { NetworkDocument } from '../graph/document.ts';
import type { Results } from '../protocol/results.ts';
import type { CheckpointRef } from '../runs/record.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Networks } from './networks.ts';
import { kept, type RunLibrary } from './runs/runLibrary.ts';
import type { Runs } from './runs/runs.ts';
import type { Tensors } from './session.ts';
import { fittingWeights, sameWeights } from './weights.ts';

/** Weights of networks: those that the engine holds, and those of checkpoints. */
export class HeldWeights {
  /** The weights of the network, as trained or loaded; empty when there are none. */
  now: Tensors = new Map();
  readonly #networks: Networks;
  readonly #library: RunLibrary | null;
  #start: { readonly key: string; readonly weights: Promise<Tensors | null> } | null = null;

  constructor(networks: Networks, library: RunLibrary | null) {
    this.#networks = networks;
    this.#library = library;
  }

  /** The same object as long as they are the same weights. */
  async at(checkpoint?: CheckpointRef): Promise<Tensors> {
    return checkpoint === undefined ? this.now : (await kept(this.#library).checkpoint(checkpoint)).weights;
  }

  /** The document's weights: held ones, or those of a checkpoint, where they fit; initial ones elsewhere. */
  async of(document: NetworkDocument, checkpoint?: CheckpointRef) {
    return this.fitting(document, await this.at(checkpoint));
  }

  fitting(document: NetworkDocument, weights: Tensors) {
    const { graph, initial } = this.#networks.of(document);
    return fittingWeights(graph, weights, initial);
  }

  /** The weights to save or export: those held, or the last finite ones where the last step of the run has overflowed. */
  finite(runs: Runs): Tensors {
    return runs.beforeOverflow() ?? this.now;
  }

  /** Weights that were read beside the run and are its own are known as such from now on. */
  recognise(lastRun: Checkpoint | null): void {
    const own = [lastRun?.weights, lastRun?.bestWeights];
    this.now = own.find((weights) => weights != null && sameWeights(weights, this.now)) ?? this.now;
  }

  /** When in the last run, or in that of the checkpoint, the weights were made; null where they are none of it. */
  async made(lastRun: Checkpoint | null, checkpoint?: CheckpointRef): Promise<Results['made']> {
    if (checkpoint !== undefined) {
      return { ...checkpoint, epoch: (await kept(this.#library).checkpoint(checkpoint)).progress.epoch };
    }
    if (lastRun === null) return null;
    const { run, progress, weights, bestWeights } = lastRun;
    if (weights === this.now) return { run, step: progress.step, epoch: progress.epoch };
    if (bestWeights !== this.now || progress.best === null) return null;
    return { run, step: null, epoch: progress.best };
  }

  /** The weights of a checkpoint that others are compared with; they stay while they are asked for. */
  start(checkpoint: CheckpointRef): Promise<Tensors | null> {
    const key = `${checkpoint.run} ${checkpoint.step}`;
    if (this.#start?.key !== key) {
      const weights = this.#library?.checkpoint(checkpoint).then((found) => found.weights) ?? Promise.resolve(null);
      this.#start = { key, weights: weights.catch(() => null) };
    }
    return this.#start.weights;
  }
}
