import type { CheckedGraph } from '../check/checkedGraph.ts';
import type { Dataset } from '../data/dataset.ts';
import type { NetworkDocument, Recipe } from '../graph/document.ts';
import { plateauReport, plateauStart, ratesAt } from '../optim/schedules.ts';
import type { RunEvent, RunState } from '../protocol/runEvents.ts';
import { Curves } from '../runs/curves.ts';
import type { EpochRecord, Metrics, RunChange } from '../runs/record.ts';
import { type Text, UserError } from '../text.ts';
import type { BatchFeed, BatchPlan } from './batchFeed.ts';
import { type Checkpoint, fitRun, type RunProgress, runStart, type Snapshot, stepsInAll } from './checkpoint.ts';
import { dataSha256 } from './dataHash.ts';
import { isExhausted } from './earlyStopping.ts';
import { Evaluator } from './evaluator.ts';
import { type Control, Gate } from './gate.ts';
import { samplesFor, splitOf } from './network.ts';
import { ProgressReport } from './progress.ts';
import { changeBetween, changedRecipe, type RecipeChange } from './recipeChange.ts';
import type { Device, Tensors } from './session.ts';
import { diverged, needsAccuracy, otherData, stepFailed, stoppedEarly } from './trainerTexts.ts';
import { TrainStep } from './trainStep.ts';
import { notFinite } from './weights.ts';

export interface TrainingStart {
  readonly graph: CheckedGraph;
  readonly weights: Tensors;
  readonly data: Dataset;
  /** The run to go on with: its weights take the place of `weights`. */
  readonly resume?: Checkpoint;
}

/** Keeps a run where it outlasts its process. */
export interface Keeper {
  /**
   * Between two steps: keeps the checkpoint when it is time for one, or at once where it `matters`; null is not worth
   * keeping. `steps`: in all.
   */
  offer(
    take: () => Checkpoint | null,
    place: { readonly step: number; readonly steps: number },
    matters: boolean,
  ): void;
  /** What went wrong in keeping since this was last asked; null: nothing. */
  takeFailure(): Text | null;
}

export interface TrainerOptions {
  readonly run: string;
  readonly document: NetworkDocument;
  readonly device: Device;
  readonly paused: boolean;
  /** Stops when the run has done that many steps in all. */
  readonly stopAfter?: number;
  /** Reports the norm of the gradients with every step. A resumed run does as it did. */
  readonly reportNorm?: boolean;
  /** Gets what the run starts from; a UserError thrown here ends the run before its first step. */
  readonly load: () => Promise<TrainingStart>;
  readonly openFeed: (plan: BatchPlan) => BatchFeed;
  readonly emit: (event: RunEvent) => void;
  /** With it, a run waits after what went wrong in a step or in keeping, and can be gone on with. */
  readonly keeper?: Keeper | undefined;
  /** Called with the weights of the last finished step, after every step. */
  readonly onWeights: (weights: Tensors) => void;
}

type RunningState = Snapshot & Pick<Checkpoint, 'dataSha256' | 'reportNorm'>;

/** Ends a run from within; `last` is the last good snapshot of it. */
class Diverged extends UserError {
  constructor(
    text: Text,
    readonly last: Snapshot,
  ) {
    super(text);
  }
}

/** One training run: step after step, listening to `control` in between, until done, stopped or failed. */
export class Trainer {
  readonly #options: TrainerOptions;
  readonly #gate: Gate;
  readonly #progress: ProgressReport;
  /** With the recipe that is in force. */
  #document: NetworkDocument;
  /** What is to be changed of it before the next step. */
  #wanted: RecipeChange = {};
  #changes: readonly RunChange[] = [];
  #curves = new Curves();
  #feed: BatchFeed | null = null;
  /** Samples of an epoch. */
  #count = 0;
  #at: RunProgress = runStart;
  /** What a checkpoint needs, once the run has begun; replaced as a whole between two steps. */
  #last: RunningState | null = null;
  /** The last whose loss was seen to be finite; null before the first step. */
  #good: Snapshot | null = null;
  /** The start of this epoch: all its weights are finite. */
  #sound: Snapshot | null = null;
  /** Why it waits, where that was not asked for. */
  #trouble: Text | null = null;
  /** Why the run ended before its last epoch. */
  #early: Text | null = null;
  /** The state last told. */
  #state: RunState = 'preparing';

  constructor(options: TrainerOptions) {
    this.#options = options;
    this.#document = options.document;
    this.#gate = new Gate(options.paused);
    this.#progress = new ProgressReport(options.run, options.emit, () => performance.now());
  }

  get run(): string {
    return this.#options.run;
  }

  get isActive(): boolean {
    return this.#state === 'preparing' || this.#state === 'running' || this.#state === 'paused';
  }

  control(action: Control): void {
    if (action !== 'pause') this.#trouble = null;
    this.#gate.control(action);
    // A pause in the middle of a step is told when the step is done: here only what is already true.
    if ((action === 'resume' || action === 'epoch') && this.#state === 'paused') this.#tell('running');
  }

  /** In force from the next step on. */
  change(change: RecipeChange): void {
    this.#wanted = { ...this.#wanted, ...change };
    this.#gate.look();
  }

  /**
   * The run as of its last finished step, or as of the snapshot that it will go back to where that step has overflowed.
   * Null before it has begun.
   */
  checkpoint(): Checkpoint | null {
    if (this.#last === null) return null;
    const before = this.beforeOverflow();
    return before === null ? this.#checkpointAt(this.#last, this.#curves) : this.#checkpointBefore(this.#last, before);
  }

  /** The snapshot that the run will go back to, since its last step gave weights that are not finite; null where they are. */
  beforeOverflow(): Snapshot | null {
    if (this.#last === null || this.#good === null || notFinite(this.#last.weights) === null) return null;
    return this.#lastFinite(this.#good);
  }

  #checkpointAt(snapshot: RunningState, curves: Curves): Checkpoint {
    return {
      ...snapshot,
      run: this.#options.run,
      samples: this.#count,
      document: this.#document,
      changes: this.#changes,
      curves: curves.toArrays(),
    };
  }

  #checkpointBefore(last: RunningState, before: Snapshot): Checkpoint {
    const curves = Curves.fromArrays(this.#curves.toArrays());
    curves.cut(before.progress.step);
    return this.#checkpointAt({ ...last, ...before }, curves);
  }

  /** Null where a weight is not finite: the loss of the next step would tell, but nothing is to go on from here. */
  #soundCheckpoint(): Checkpoint | null {
    const last = this.#last as RunningState;
    return notFinite(last.weights) === null ? this.#checkpointAt(last, this.#curves) : null;
  }

  /** Done and still to come. */
  #steps(): number {
    return stepsInAll(this.#at, this.#count, this.#document.recipe);
  }

  #tell(state: RunState, message: Text | null = null, kept: number | null = null): void {
    this.#state = state;
    const { run, emit } = this.#options;
    const { epochs } = this.#document.recipe;
    const { step, epoch } = this.#at;
    emit({ kind: 'run', run, state, step, steps: this.#steps(), epoch, epochs, message, kept });
  }

  /** Waits before the next step, and says why. */
  #wait(why: Text): void {
    this.#gate.control('pause');
    this.#trouble = why;
  }

  #offer(matters: boolean): void {
    const { keeper } = this.#options;
    const place = { step: this.#at.step, steps: this.#steps() };
    keeper?.offer(() => this.#soundCheckpoint(), place, matters);
    const failure = keeper?.takeFailure() ?? null;
    if (failure !== null) this.#wait(failure);
  }

  /** Runs to the end; never rejects. Returns the state that it ended in. */
  async train(): Promise<RunState> {
    const release: (() => Promise<void>)[] = [];
    try {
      const completed = await this.#train(release);
      this.#progress.flush();
      if (this.#last !== null) this.#offer(true);
      if (completed) this.#tell('done', this.#early, this.#keepBest());
      else this.#tell('stopped');
    } catch (error) {
      this.#progress.flush();
      if (error instanceof Diverged) this.#goBack(error.last);
      if (this.#last !== null) this.#offer(true);
      this.#tell('failed', this.#failure(error));
    } finally {
      for (const each of release) await each();
    }
    return this.#state;
  }

  async #train(release: (() => Promise<void>)[]): Promise<boolean> {
    const { device, openFeed } = this.#options;
    this.#tell('preparing');
    const { graph, weights, data, resume } = await this.#options.load();
    const samples = samplesFor(graph, data);
    const split = splitOf(data, this.#document.data);
    this.#count = split.train.length;
    const sha256 = dataSha256(data, split.train);
    if (resume !== undefined) this.#resume(resume, sha256);
    const reportNorm = resume?.reportNorm ?? this.#options.reportNorm ?? false;

    const start = resume === undefined ? { weights, reportNorm } : { ...resume, reportNorm };
    const step = new TrainStep(graph, this.#document.recipe, start, device);
    release.push(() => step.release());
    await this.#prepare(step);
    const evaluator = await Evaluator.open(graph, device);
    release.push(() => evaluator.release());
    const missing = evaluator.hasAccuracy ? null : needsAccuracy(this.#document.recipe);
    if (missing !== null) throw missing;
    const open = () => {
      const { epoch, seen } = this.#at;
      const { batchSize, seed } = this.#document.recipe;
      return openFeed({ samples, indices: split.train, batch: batchSize, seed, first: { epoch, seen } });
    };
    release.push(async () => this.#feed?.close());
    this.#last = {
      progress: this.#at,
      weights: step.weights,
      state: step.state,
      bestWeights: resume?.bestWeights ?? null,
      dataSha256: sha256,
      reportNorm,
    };
    this.#offer(true);
    if (!this.#gate.paused && !this.#gate.stopped) this.#tell('running');

    this.#sound = this.#last;
    while (this.#at.epoch < this.#document.recipe.epochs && !this.#stopsEarly()) {
      const epoch = await this.#trainEpoch(step, open);
      if (epoch === null) return false;
      const started = performance.now();
      const validated = await this.#validate(step, () => evaluator.evaluate(samples, split.validation, step.weights));
      if (validated === null) return false;
      const { loss, accuracy } = validated;
      if (!Number.isFinite(loss)) throw this.#diverged({ en: 'The validation loss', zh: '验证损失' }, this.#sound);
      const seconds = (epoch.milliseconds + performance.now() - started) / 1000;
      const record = { epoch: this.#at.epoch + 1, train: epoch.train, validation: { loss, accuracy }, seconds };
      this.#sound = this.#endEpoch(record, this.#sound);
    }
    return true;
  }

  /** Gets the programs for the batches of this recipe ready. */
  async #prepare(step: TrainStep): Promise<void> {
    const { batchSize } = this.#document.recipe;
    await step.prepare(Math.min(batchSize, this.#count));
    const short = this.#count % batchSize;
    if (this.#count > batchSize && short !== 0) await step.prepare(short);
  }

  #stopsEarly(): boolean {
    const { earlyStopping } = this.#document.recipe;
    if (earlyStopping === undefined || !isExhausted(this.#at.history, earlyStopping)) return false;
    this.#early = stoppedEarly(earlyStopping, this.#at.epoch);
    return true;
  }

  /** Gives out the weights of the best epoch where the recipe wants them: that epoch, null where they are the last. */
  #keepBest(): number | null {
    const { progress, bestWeights } = this.#last as Snapshot;
    const wanted = this.#document.recipe.keepBest ?? false;
    if (!wanted || bestWeights === null || progress.best === progress.epoch) return null;
    this.#options.onWeights(bestWeights);
    return progress.best;
  }

  /** Takes up a run where it was. */
  #resume({ progress, document, dataSha256: before, changes, curves }: Checkpoint, sha256: string): void {
    const now = this.#document;
    fitRun(document, now);
    if (sha256 !== before) throw otherData(now.data.source);
    this.#at = { ...progress, seen: Math.min(progress.seen, this.#count) };
    this.#changes = changes;
    this.#curves = Curves.fromArrays(curves);
    this.#note(document.recipe, now.recipe);
  }

  /** Writes down what is different from now on. */
  #note(before: Recipe, after: Recipe): void {
    const change = changeBetween(before, after, this.#at.step);
    if (change === null) return;
    this.#changes = [...this.#changes, change];
    const { plateau } = this.#at;
    if (plateau !== null && change.learningRate !== undefined) {
      this.#at = { ...this.#at, plateau: { ...plateau, learningRate: change.learningRate.to } };
    }
    const { run, emit } = this.#options;
    emit({ kind: 'changed', run, change });
  }

  /** Puts in force what was asked for. */
  async #change(step: TrainStep): Promise<void> {
    const before = this.#document.recipe;
    const after = changedRecipe(before, this.#wanted);
    this.#wanted = {};
    this.#trouble = null;
    this.#document = { ...this.#document, recipe: after };
    this.#note(before, after);
    if (after.batchSize !== before.batchSize) {
      await this.#closeFeed();
      // What the programs of the other batches hold may be the memory that these ones need.
      await step.release();
      await this.#prepare(step);
    }
    this.#last = { ...(this.#last as RunningState), progress: this.#at };
    this.#offer(true);
    if (!this.#gate.paused) this.#tell('running');
  }

  async #closeFeed(): Promise<void> {
    await this.#feed?.close();
    this.#feed = null;
  }

  /** To a snapshot before what went wrong. */
  #goBack(snapshot: Snapshot): void {
    this.#curves.cut(snapshot.progress.step);
    this.#keep(snapshot);
  }

  /** Publishes a snapshot between two steps: the last one, so far. */
  #keep(snapshot: Snapshot): void {
    this.#at = snapshot.progress;
    this.#last = { ...(this.#last as RunningState), ...snapshot };
    this.#options.onWeights(snapshot.weights);
  }

  /** Means over the epoch's samples and the time in its steps, or null when the run was stopped. */
  async #trainEpoch(step: TrainStep, open: () => BatchFeed): Promise<{ train: Metrics; milliseconds: number } | null> {
    const { stopAfter = Number.POSITIVE_INFINITY, keeper } = this.#options;
    const count = this.#count;
    this.#good = this.#last as Snapshot;
    let milliseconds = 0;
    while (this.#at.seen < count) {
      const passage = this.#at.step >= stopAfter ? 'stop' : await this.#gate.pass(this.#onWait);
      if (passage === 'stop') {
        this.#expectFinite();
        return null;
      }
      if (passage === 'look') {
        await this.#change(step);
        continue;
      }
      const started = performance.now();
      try {
        await this.#step(step, open);
      } catch (error) {
        if (keeper === undefined || error instanceof Diverged) throw error;
        await this.#closeFeed().catch(() => {});
        this.#wait(this.#failure(error));
        continue;
      }
      milliseconds += performance.now() - started;
      this.#offer(false);
    }
    this.#expectFinite();
    const { loss, correct } = this.#at;
    return { train: { loss: loss / count, accuracy: correct === null ? null : correct / count }, milliseconds };
  }

  readonly #onWait = (): void => {
    this.#progress.flush();
    this.#expectFinite();
    this.#tell('paused', this.#trouble);
    this.#offer(true);
  };

  /** What validation gives, tried again after what went wrong in it; null when the run was stopped instead. */
  async #validate<T>(step: TrainStep, validate: () => Promise<T>): Promise<T | null> {
    for (;;) {
      try {
        return await validate();
      } catch (error) {
        if (this.#options.keeper === undefined) throw error;
        this.#wait(this.#failure(error));
      }
      let passage = await this.#gate.pass(this.#onWait);
      for (; passage === 'look'; passage = await this.#gate.pass(this.#onWait)) await this.#change(step);
      if (passage === 'stop') return null;
    }
  }

  async #step(step: TrainStep, open: () => BatchFeed): Promise<void> {
    const { optimizer, schedule, seed, epochs } = this.#document.recipe;
    const started = performance.now();
    this.#feed ??= open();
    const batch = await this.#feed.next();
    const before = this.#last as Snapshot;
    const { progress } = before;
    const place = { step: progress.step, steps: this.#steps(), epoch: progress.epoch, epochs };
    const rates = ratesAt(schedule, optimizer.learningRate, place, progress.plateau);
    const { loss, correct, gradientNorm } = await step.run(batch, rates, { seed, step: progress.step });
    this.#at = {
      ...progress,
      step: progress.step + 1,
      seen: progress.seen + batch.size,
      loss: progress.loss + loss * batch.size,
      correct: correct === null ? null : (progress.correct ?? 0) + correct,
    };
    // The loss was computed with the weights before this step: not finite, it condemns them and not the ones before.
    if (!Number.isFinite(loss)) throw this.#diverged({ en: 'The loss', zh: '损失' }, this.#good as Snapshot);
    const elapsed = performance.now() - started;
    const report = {
      step: this.#at.step,
      loss,
      accuracy: correct === null ? Number.NaN : correct / batch.size,
      learningRate: rates.learningRate,
      gradientNorm: gradientNorm ?? Number.NaN,
      samplesPerSecond: (1000 * batch.size) / Math.max(elapsed, 1e-3),
    };
    this.#curves.add(report);
    this.#good = before;
    this.#keep({ progress: this.#at, weights: step.weights, state: step.state, bestWeights: before.bestWeights });
    this.#progress.add(report, batch.size, elapsed);
  }

  /** Enters a finished epoch; the snapshot after it. */
  #endEpoch(record: EpochRecord, before: Snapshot): Snapshot {
    const { weights, state, progress } = this.#last as Snapshot;
    const best = progress.best === null ? undefined : progress.history[progress.best - 1];
    const improved = best === undefined || isBetter(record.validation, best.validation);
    const snapshot: Snapshot = {
      weights,
      state,
      bestWeights: improved ? weights : before.bestWeights,
      progress: {
        ...progress,
        epoch: record.epoch,
        seen: 0,
        loss: 0,
        correct: 0,
        plateau: this.#plateauAfter(record.validation),
        history: [...progress.history, record],
        best: improved ? record.epoch : progress.best,
      },
    };
    this.#keep(snapshot);
    this.#gate.epochEnded();
    this.#progress.flush();
    const { run, emit } = this.#options;
    emit({ kind: 'epoch', run, step: snapshot.progress.step, ...record });
    this.#offer(true);
    return snapshot;
  }

  #plateauAfter({ loss, accuracy }: Metrics): RunProgress['plateau'] {
    const { optimizer, schedule } = this.#document.recipe;
    if (schedule?.kind !== 'plateau') return null;
    const state = this.#at.plateau ?? plateauStart(optimizer.learningRate);
    return plateauReport(schedule, state, schedule.mode === 'min' || accuracy === null ? loss : accuracy);
  }

  /** Where no step follows whose loss would tell, or not yet. */
  #expectFinite(): void {
    const broken = notFinite((this.#last as Snapshot).weights);
    if (broken === null) return;
    throw this.#diverged({ en: `Weight '${broken}'`, zh: `权重“${broken}”` }, this.#good as Snapshot);
  }

  #diverged(what: Text, good: Snapshot): Diverged {
    return new Diverged(diverged(what, this.#at.step, this.#document.recipe.optimizer), this.#lastFinite(good));
  }

  /** `good`, or further back where its weights are not finite: a loss can hide that, as max(0, NaN) may be 0. */
  #lastFinite(good: Snapshot): Snapshot {
    return notFinite(good.weights) === null ? good : (this.#sound as Snapshot);
  }

  #failure(error: unknown): Text {
    return stepFailed(error, this.#options.device, this.#at.step, this.#document.recipe.batchSize);
  }
}

/** More samples right, or as many at a lower loss. */
function isBetter(a: Metrics, b: Metrics): boolean {
  if (a.accuracy === null || b.accuracy === null || a.accuracy === b.accuracy) return a.loss < b.loss;
  return a.accuracy > b.accuracy;
}
