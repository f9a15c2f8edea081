import { check } from '../check/check.ts';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { isSetAside, type WeightMoves, withMovedNames, withSetAside } from '../graph/weightMoves.ts';
import type { Results } from '../protocol/results.ts';
import type { CheckpointRef } from '../runs/record.ts';
import type { Checkpoint } from './checkpoint.ts';
import { type EarlierWeights, NOTHING_EARLIER, ofNetwork, withDisplaced } from './earlierWeights.ts';
import type { Networks } from './networks.ts';
import { kept, type RunLibrary } from './runs/runLibrary.ts';
import type { Runs } from './runs/runs.ts';
import type { Tensors } from './session.ts';
import { fittingWeights, sameWeights } from './weights.ts';

/** The current weights of the engine, and weights of checkpoints. */
export class HeldWeights {
  #now: Tensors = new Map();
  /** Weights that others displaced: of removed and changed layers, and set aside. Undo needs them. */
  #earlier: EarlierWeights = NOTHING_EARLIER;
  /** The weights of the opened file, under the current names. */
  #opened: Tensors = new Map();
  readonly #networks: Networks;
  readonly #library: RunLibrary | null;
  #start: { readonly key: string; readonly weights: Promise<Tensors | null> } | null = null;

  constructor(networks: Networks, library: RunLibrary | null) {
    this.#networks = networks;
    this.#library = library;
  }

  /** Current weights, trained or loaded; empty without weights. */
  get now(): Tensors {
    return this.#now;
  }

  /** The weights of the opened file, under the current names; empty without weights. */
  get opened(): Tensors {
    return this.#opened;
  }

  /** Replaces everything by the weights of another network. */
  open(weights: Tensors): void {
    this.#now = weights;
    this.#opened = weights;
    this.#earlier = NOTHING_EARLIER;
  }

  /** Takes other weights for the network, of a run or a file. Those without a successor are kept for undo. */
  take(weights: Tensors): void {
    this.#earlier = withDisplaced(this.#earlier, this.#now, weights);
    this.#now = weights;
  }

  /** Weights follow their layers and are set aside. */
  move(moves: readonly WeightMoves[]): void {
    this.#now = withSetAside(this.#now, moves);
    this.#earlier = withSetAside(this.#earlier, moves);
    this.#opened = withMovedNames(this.#opened, withoutAside(moves));
  }

  /** Returns a function that gives the present weights for a network, with the names before the moves. */
  present(): (graph: CheckedGraph, back: readonly WeightMoves[]) => Tensors {
    const [now, earlier] = [this.#now, this.#earlier];
    return (graph, back) => ofNetwork(graph, withMovedNames(now, back), withMovedNames(earlier, back));
  }

  /** The weights of a checkpoint, or the current ones; the same object for the same weights. */
  async at(checkpoint?: CheckpointRef): Promise<Tensors> {
    return checkpoint === undefined ? this.#now : (await kept(this.#library).checkpoint(checkpoint)).weights;
  }

  /**
   * Weights for a document: the current ones or those of a checkpoint, as far as they fit; otherwise initial values.
   */
  async of(document: NetworkDocument, checkpoint?: CheckpointRef) {
    return this.fitting(document, await this.at(checkpoint));
  }

  fitting(document: NetworkDocument, weights: Tensors) {
    const { graph, initial } = this.#networks.of(document);
    const isCheckpoint = weights !== this.#now;
    return fittingWeights(graph, isCheckpoint ? weights : ofNetwork(graph, weights, this.#earlier), initial);
  }

  /** The weights to save or export: the current ones, or the last finite ones if the last step overflowed. */
  finite(runs: Runs): Tensors {
    return runs.beforeOverflow() ?? this.#now;
  }

  /** The weights to save: those of the document, or all that are not set aside if it has errors. */
  toSave(runs: Runs, document?: NetworkDocument): Tensors {
    const graph = document === undefined ? null : check(document).graph;
    const weights = this.finite(runs);
    if (graph === null) return new Map([...weights].filter(([name]) => !isSetAside(name)));
    const { weights: all, missing } = fittingWeights(graph, ofNetwork(graph, weights, this.#earlier), () => new Map());
    const none = new Set(missing);
    return new Map([...all].filter(([name]) => !none.has(name)));
  }

  /** Detects that loaded weights are those of the last run. */
  recognize(lastRun: Checkpoint | null): void {
    const own = [lastRun?.weights, lastRun?.bestWeights];
    this.#now = own.find((weights) => weights != null && sameWeights(weights, this.#now)) ?? this.#now;
  }

  /** Run and step of the weights, in the last run or that of the checkpoint; null if they belong to neither. */
  async made(lastRun: Checkpoint | null, checkpoint?: CheckpointRef): Promise<Results['made']> {
    if (checkpoint !== undefined) {
      return { ...checkpoint, epoch: (await kept(this.#library).checkpoint(checkpoint)).progress.epoch };
    }
    if (lastRun === null) return null;
    const { run, progress, weights, bestWeights } = lastRun;
    if (weights === this.#now) return { run, step: progress.step, epoch: progress.epoch };
    if (bestWeights !== this.#now || progress.best === null) return null;
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

/** The moves of layers, without those that set weights aside and bring them back. */
export const withoutAside = (moves: readonly WeightMoves[]): readonly WeightMoves[] =>
  moves.map((each) => each.filter(({ from, to }) => !isSetAside(`${from}/`) && !isSetAside(`${to}/`)));
