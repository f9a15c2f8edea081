import type { NetworkDocument, Recipe } from '../graph/document.ts';
import { type CurveRow, Curves } from '../runs/curves.ts';
import type { EpochRecord, RunChange } from '../runs/record.ts';
import { type Text, UserError } from '../text.ts';
import { type Checkpoint, fitRun, type RunProgress, runStart, type Snapshot, stepsInAll } from './checkpoint.ts';
import { afterEpoch } from './epochEnd.ts';
import { changeBetween } from './recipeChange.ts';
import { diverged, otherData } from './trainerTexts.ts';
import { notFinite } from './weights.ts';

/** Ends a run whose loss or weights are no longer finite. `last`: its last good snapshot. */
export class DivergenceError extends UserError {
  constructor(
    text: Text,
    readonly last: Snapshot,
  ) {
    super(text);
  }
}

/** Everything of a checkpoint that a run has from its start. */
export type RunBegin = Omit<Snapshot, 'progress'> & Pick<Checkpoint, 'dataSha256' | 'reportNorm'>;

type RunningState = Snapshot & Pick<Checkpoint, 'dataSha256' | 'reportNorm'>;

/** A finished step: its curve row, the samples of its batch, and the weights and optimizer state after it. */
export interface FinishedStep extends Pick<Snapshot, 'weights' | 'state'> {
  readonly row: CurveRow;
  readonly samples: number;
  /** Correct predictions in the batch; null if the network predicts numbers. */
  readonly correct: number | null;
}

/** Course of a run: recipe in force, progress, snapshots to go back to, curves and changes. */
export class RunCourse {
  readonly #run: string;
  #document: NetworkDocument;
  /** Training samples of an epoch. */
  #samples = 0;
  #progress: RunProgress = runStart;
  #changes: readonly RunChange[] = [];
  #curves = new Curves();
  /** Null before the run has begun; replaced as a whole between two steps. */
  #last: RunningState | null = null;
  /** The last snapshot whose loss is known to be finite; null before the first step. */
  #good: Snapshot | null = null;
  /** Start of the epoch, with finite weights only. */
  #sound: Snapshot | null = null;

  constructor(run: string, document: NetworkDocument) {
    this.#run = run;
    this.#document = document;
  }

  /** The network with the recipe in force. */
  get document(): NetworkDocument {
    return this.#document;
  }

  get recipe(): Recipe {
    return this.#document.recipe;
  }

  get progress(): RunProgress {
    return this.#progress;
  }

  get samples(): number {
    return this.#samples;
  }

  get hasBegun(): boolean {
    return this.#last !== null;
  }

  /** Snapshot after the last step. The run must have begun. */
  get last(): Snapshot {
    return this.#last as Snapshot;
  }

  /** Steps done and still to come. */
  get steps(): number {
    return stepsInAll(this.#progress, this.#samples, this.recipe);
  }

  /** Sets the training samples of an epoch. */
  count(samples: number): void {
    this.#samples = samples;
  }

  /**
   * Continues a run. Returns the change of its recipe, or null. Throws UserError if network, recipe or data do not fit.
   */
  resume({ progress, document, dataSha256, changes, curves }: Checkpoint, sha256: string): RunChange | null {
    const now = this.#document;
    fitRun(document, now);
    if (sha256 !== dataSha256) throw otherData(now.data.source);
    this.#progress = { ...progress, seen: Math.min(progress.seen, this.#samples) };
    this.#changes = changes;
    this.#curves = Curves.fromArrays(curves);
    return this.#note(document.recipe, now.recipe);
  }

  begin(start: RunBegin): void {
    this.#last = { ...start, progress: this.#progress };
    this.#sound = this.#last;
  }

  beginEpoch(): void {
    this.#good = this.last;
  }

  /** Changes the recipe. Returns the change for the record, or null if nothing differs. */
  changeRecipe(after: Recipe): RunChange | null {
    const before = this.recipe;
    this.#document = { ...this.#document, recipe: after };
    const change = this.#note(before, after);
    this.#last = { ...(this.#last as RunningState), progress: this.#progress };
    return change;
  }

  #note(before: Recipe, after: Recipe): RunChange | null {
    const change = changeBetween(before, after, this.#progress.step);
    if (change === null) return null;
    this.#changes = [...this.#changes, change];
    const { plateau } = this.#progress;
    if (plateau !== null && change.learningRate !== undefined) {
      this.#progress = { ...this.#progress, plateau: { ...plateau, learningRate: change.learningRate.to } };
    }
    return change;
  }

  /**
   * Throws DivergenceError if the loss of a step is not finite. The loss belongs to the weights before the step, so the run goes
   * back by one more step.
   */
  expectFiniteLoss(loss: number): void {
    if (!Number.isFinite(loss))
      throw this.#diverged({ en: 'The loss', zh: '损失' }, this.#progress.step + 1, this.#good);
  }

  /** Throws DivergenceError if the loss of a validation is not finite. */
  expectFiniteValidation(loss: number): void {
    if (Number.isFinite(loss)) return;
    throw this.#diverged({ en: 'The validation loss', zh: '验证损失' }, this.#progress.step, this.#sound);
  }

  /** Throws DivergenceError if a weight is not finite: needed where no next step follows, whose loss would show it. */
  expectFiniteWeights(): void {
    const broken = notFinite(this.last.weights);
    if (broken === null) return;
    throw this.#diverged({ en: `Weight “${broken}”`, zh: `权重“${broken}”` }, this.#progress.step, this.#good);
  }

  #diverged(what: Text, step: number, good: Snapshot | null): DivergenceError {
    return new DivergenceError(diverged(what, step, this.recipe.optimizer), this.#lastFinite(good as Snapshot));
  }

  /** `good`, or the start of the epoch if its weights are not finite: a finite loss may hide NaN, as max(0, NaN) may be 0. */
  #lastFinite(good: Snapshot): Snapshot {
    return notFinite(good.weights) === null ? good : (this.#sound as Snapshot);
  }

  /** Records a step whose loss is finite. */
  endStep({ row, samples, correct, weights, state }: FinishedStep): void {
    const before = this.last;
    const { progress } = before;
    this.#curves.add(row);
    this.#good = before;
    this.#keep({
      weights,
      state,
      bestWeights: before.bestWeights,
      progress: {
        ...progress,
        step: progress.step + 1,
        seen: progress.seen + samples,
        loss: progress.loss + row.loss * samples,
        correct: correct === null ? null : (progress.correct ?? 0) + correct,
      },
    });
  }

  endEpoch(record: EpochRecord): void {
    const snapshot = afterEpoch(this.last, record, this.recipe);
    this.#keep(snapshot);
    this.#sound = snapshot;
  }

  /** Goes back to an earlier snapshot. */
  goBack(snapshot: Snapshot): void {
    this.#curves.cut(snapshot.progress.step);
    this.#keep(snapshot);
  }

  #keep(snapshot: Snapshot): void {
    this.#progress = snapshot.progress;
    this.#last = { ...(this.#last as RunningState), ...snapshot };
  }

  /**
   * Checkpoint after the last finished step, or the one to go back to if that step has overflowed. Null before the run
   * has begun.
   */
  checkpoint(): Checkpoint | null {
    if (this.#last === null) return null;
    const before = this.beforeOverflow();
    if (before === null) return this.#checkpointAt(this.#last, this.#curves);
    const curves = Curves.fromArrays(this.#curves.toArrays());
    curves.cut(before.progress.step);
    return this.#checkpointAt({ ...this.#last, ...before }, curves);
  }

  /** Snapshot to go back to if the weights of the last step are not finite; null if they are finite. */
  beforeOverflow(): Snapshot | null {
    if (this.#last === null || this.#good === null || notFinite(this.#last.weights) === null) return null;
    return this.#lastFinite(this.#good);
  }

  /** Checkpoint after the last step; null if a weight is not finite, because no run can continue from there. */
  soundCheckpoint(): Checkpoint | null {
    const last = this.#last as RunningState;
    return notFinite(last.weights) === null ? this.#checkpointAt(last, this.#curves) : null;
  }

  #checkpointAt(snapshot: RunningState, curves: Curves): Checkpoint {
    return {
      ...snapshot,
      run: this.#run,
      samples: this.#samples,
      document: this.#document,
      changes: this.#changes,
      curves: curves.toArrays(),
    };
  }
}
