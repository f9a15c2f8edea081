import type { NetworkDocument } from '../graph/document.ts';
import type { Results } from '../protocol/results.ts';
import type { CheckpointRef } from '../runs/record.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Networks } from './networks.ts';
import { kept, type RunLibrary } from './runs/runLibrary.ts';
import type { Runs } from './runs/runs.ts';
import type { Tensors } from './session.ts';
import { fittingWeights, sameWeights } from './weights.ts';

/** The current weights of the engine, and weights of checkpoints. */
export class HeldWeights {
  /** Current weights, trained or loaded; empty without weights. */
  now: Tensors = new Map();
  readonly #networks: Networks;
  readonly #library: RunLibrary | null;
  #start: { readonly key: string; readonly weights: Promise<Tensors | null> } | null = null;

  constructor(networks: Networks, library: RunLibrary | null) {
    this.#networks = networks;
    this.#library = library;
  }

  /** The weights of a checkpoint, or the current ones; the same object for the same weights. */
  async at(checkpoint?: CheckpointRef): Promise<Tensors> {
    return checkpoint === undefined ? this.now : (await kept(this.#library).checkpoint(checkpoint)).weights;
  }

  /**
   * Weights for a document: the current ones or those of a checkpoint, as far as they fit; otherwise initial values.
   */
  async of(document: NetworkDocument, checkpoint?: CheckpointRef) {
    return this.fitting(document, await this.at(checkpoint));
  }

  fitting(document: NetworkDocument, weights: Tensors) {
    const { graph, initial } = this.#networks.of(document);
    return fittingWeights(graph, weights, initial);
  }

  /** The weights to save or export: the current ones, or the last finite ones if the last step overflowed. */
  finite(runs: Runs): Tensors {
    return runs.beforeOverflow() ?? this.now;
  }

  /** Detects that loaded weights are those of the last run. */
  recognize(lastRun: Checkpoint | null): void {
    const own = [lastRun?.weights, lastRun?.bestWeights];
    this.now = own.find((weights) => weights != null && sameWeights(weights, this.now)) ?? this.now;
  }

  /** Run and step of the weights, in the last run or that of the checkpoint; null if they belong to neither. */
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

  /** The weights of a checkpoint for comparison; they are cached while they are requested. */
  start(checkpoint: CheckpointRef): Promise<Tensors | null> {
    const key = `${checkpoint.run} ${checkpoint.step}`;
    if (this.#start?.key !== key) {
      const weights = this.#library?.checkpoint(checkpoint).then((found) => found.weights) ?? Promise.resolve(null);
      this.#start = { key, weights: weights.catch(() => null) };
    }
    return this.#start.weights;
  }
}
