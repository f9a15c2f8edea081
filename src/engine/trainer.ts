import { setTimeout } from 'node:timers/promises';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import type { Dataset } from '../data/dataset.ts';
import { splitOf } from '../data/split.ts';
import { samplesUsed } from '../data/usedSamples.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { ratesAt } from '../optim/schedules.ts';
import type { RunEvent, RunState } from '../protocol/runEvents.ts';
import type { EpochRecord, Metrics } from '../runs/record.ts';
import { type Text, UserError } from '../text.ts';
import type { BatchFeed, BatchPlan } from './batchFeed.ts';
import type { Checkpoint, Snapshot } from './checkpoint.ts';
import type { Decoding } from './data/decoding.ts';
import { dataSha256 } from './dataHash.ts';
import { isExhausted } from './earlyStopping.ts';
import { Evaluator } from './evaluator.ts';
import { type Control, Gate } from './gate.ts';
import { samplesFor, trainingSamples } from './network.ts';
import { changedRecipe, type RecipeChange } from './recipeChange.ts';
import { DivergenceError, RunCourse } from './runCourse.ts';
import { RunReport } from './runReport.ts';
import type { Device, Tensors } from './session.ts';
import { needsAccuracy, stepFailed, stoppedEarly, weightsKept } from './trainerTexts.ts';
import { TrainStep } from './trainStep.ts';

export interface TrainingStart {
  readonly graph: CheckedGraph;
  readonly weights: Tensors;
  readonly data: Dataset;
  /** Decodes those images of the dataset that are not decoded yet. */
  readonly decoding?: Decoding | null;
  /** Run to continue. Its weights replace `weights`. */
  readonly resume?: Checkpoint;
}

/** Keeps checkpoints of a run on disk. */
export interface Keeper {
  /**
   * Called between two steps. Keeps the checkpoint if one is due, or at once if it `matters`. `take` returns null if
   * there is no checkpoint worth keeping. `steps`: total steps of the run.
   */
  offer(
    take: () => Checkpoint | null,
    place: { readonly step: number; readonly steps: number },
    matters: boolean,
  ): void;
  /** Error in keeping since the last call; null if there was none. */
  takeFailure(): Text | null;
}

export interface TrainerOptions {
  readonly run: string;
  readonly document: NetworkDocument;
  readonly device: Device;
  readonly paused: boolean;
  /** Stops when the run has done this many steps in total. */
  readonly stopAfter?: number;
  /** Reports the gradient norm of every step. A resumed run keeps its own setting. */
  readonly reportNorm?: boolean;
  /** Loads the start of the run. A UserError ends the run before its first step. */
  readonly load: () => Promise<TrainingStart>;
  readonly openFeed: (plan: BatchPlan) => BatchFeed;
  readonly emit: (event: RunEvent) => void;
  /** With a keeper, a run pauses after an error in a step or in keeping, and can be resumed. */
  readonly keeper?: Keeper | undefined;
  /** Called with the weights after every step. */
  readonly onWeights: (weights: Tensors) => void;
}

/** Milliseconds between two looks at the decoding of images. */
const DECODING_LOOK = 20;

/** One training run. It trains step by step, obeys `control` between steps, and ends as done, stopped or failed. */
export class Trainer {
  readonly #options: TrainerOptions;
  readonly #gate: Gate;
  readonly #course: RunCourse;
  readonly #report: RunReport;
  /** Changes of the recipe to make before the next step. */
  #wanted: RecipeChange = {};
  #feed: BatchFeed | null = null;
  #decoding: Decoding | null = null;
  /** Reason of a pause that nobody asked for. */
  #trouble: Text | null = null;
  /** Reason for an end before the last epoch. */
  #early: Text | null = null;

  constructor(options: TrainerOptions) {
    const { run, document, emit, paused } = options;
    this.#options = options;
    this.#gate = new Gate(paused);
    this.#course = new RunCourse(run, document);
    this.#report = new RunReport(run, emit, this.#course);
  }

  get run(): string {
    return this.#options.run;
  }

  get isActive(): boolean {
    const { state } = this.#report;
    return state === 'preparing' || state === 'running' || state === 'paused';
  }

  control(action: Control): void {
    if (action !== 'pause') this.#trouble = null;
    this.#gate.control(action);
    // A pause during a step is reported after the step; only a change that holds already is reported here.
    if ((action === 'resume' || action === 'epoch') && this.#report.state === 'paused') this.#report.tell('running');
  }

  /** Changes the recipe from the next step on. */
  change(change: RecipeChange): void {
    this.#wanted = { ...this.#wanted, ...change };
    this.#gate.look();
  }

  /** Checkpoint after the last good step; null before the run has begun. */
  checkpoint(): Checkpoint | null {
    return this.#course.checkpoint();
  }

  /** Snapshot to go back to if the weights of the last step are not finite; null if they are finite. */
  beforeOverflow(): Snapshot | null {
    return this.#course.beforeOverflow();
  }

  /** Runs to the end and returns the final state. Never rejects. */
  async train(): Promise<RunState> {
    const release: (() => Promise<void>)[] = [];
    try {
      const completed = await this.#train(release);
      this.#report.flush();
      if (this.#course.hasBegun) this.#offer(true);
      if (completed) this.#report.tell('done', this.#early, this.#keepBest());
      else this.#report.tell('stopped');
    } catch (error) {
      this.#report.flush();
      const hasDiverged = error instanceof DivergenceError;
      if (hasDiverged) this.#goBack(error.last);
      if (this.#course.hasBegun) this.#offer(true);
      this.#report.tell('failed', this.#failure(error), null, hasDiverged);
    } finally {
      for (const each of release) await each();
    }
    return this.#report.state;
  }

  async #train(release: (() => Promise<void>)[]): Promise<boolean> {
    const { device, openFeed } = this.#options;
    const course = this.#course;
    this.#report.tell('preparing');
    const { graph, weights, data, decoding = null, resume } = await this.#options.load();
    this.#decoding = decoding;
    const free = decoding?.use();
    release.push(async () => free?.());
    const samples = samplesFor(graph, data);
    const trained = trainingSamples(graph, samples);
    const split = splitOf(data, course.document.data);
    course.count(split.train.length);
    this.#report.samples(samplesUsed(data, split, course.document.data));
    const sha256 = dataSha256(data, split.train);
    if (resume !== undefined) this.#report.changed(course.resume(resume, sha256));
    const reportNorm = resume?.reportNorm ?? this.#options.reportNorm ?? false;

    const mixed = trained.mixing !== undefined;
    const start = { ...(resume ?? { weights }), reportNorm, mixed };
    const step = new TrainStep(graph, course.recipe, start, device);
    release.push(() => step.release());
    await this.#prepare(step);
    const evaluator = await Evaluator.open(graph, device);
    release.push(() => evaluator.release());
    const missing = evaluator.hasAccuracy ? null : needsAccuracy(course.recipe);
    if (missing !== null) throw missing;
    const open = () => {
      const { epoch, seen } = course.progress;
      const { batchSize, seed } = course.recipe;
      return openFeed({ samples: trained, indices: split.train, batch: batchSize, seed, first: { epoch, seen } });
    };
    release.push(async () => this.#feed?.close());
    const bestWeights = resume?.bestWeights ?? null;
    course.begin({ weights: step.weights, state: step.state, bestWeights, dataSha256: sha256, reportNorm });
    this.#offer(true);
    if (!this.#gate.paused && !this.#gate.stopped) this.#report.tell('running');

    while (course.progress.epoch < course.recipe.epochs && !this.#stopsEarly()) {
      const epoch = await this.#trainEpoch(step, open);
      if (epoch === null) return false;
      const started = performance.now();
      if (!(await this.#allDecoded())) return false;
      const validated = await this.#validate(step, () => evaluator.evaluate(samples, split.validation, step.weights));
      if (validated === null) return false;
      const { loss, accuracy } = validated;
      course.expectFiniteValidation(loss);
      const seconds = (epoch.milliseconds + performance.now() - started) / 1000;
      const validation = { loss, accuracy };
      const waited = epoch.waited / 1000;
      this.#endEpoch({ epoch: course.progress.epoch + 1, train: epoch.train, validation, seconds, waited });
    }
    return true;
  }

  /** Compiles the programs for the batch sizes of the recipe. */
  async #prepare(step: TrainStep): Promise<void> {
    const { samples, recipe } = this.#course;
    await step.prepare(Math.min(recipe.batchSize, samples));
    const short = samples % recipe.batchSize;
    if (samples > recipe.batchSize && short !== 0) await step.prepare(short);
  }

  #stopsEarly(): boolean {
    const { recipe, progress } = this.#course;
    const { earlyStopping } = recipe;
    if (earlyStopping === undefined || !isExhausted(progress.history, earlyStopping)) return false;
    this.#early = stoppedEarly(earlyStopping, progress.epoch);
    return true;
  }

  /** Hands out the weights of the best epoch if the recipe asks for it. Returns that epoch; null if it is the last. */
  #keepBest(): number | null {
    const { progress, bestWeights } = this.#course.last;
    const wanted = this.#course.recipe.keepBest ?? false;
    if (!wanted || bestWeights === null || progress.best === progress.epoch) return null;
    this.#options.onWeights(bestWeights);
    return progress.best;
  }

  /** Makes the changes that were asked for. */
  async #change(step: TrainStep): Promise<void> {
    const { recipe } = this.#course;
    const after = changedRecipe(recipe, this.#wanted);
    this.#wanted = {};
    this.#trouble = null;
    this.#report.changed(this.#course.changeRecipe(after));
    if (after.batchSize !== recipe.batchSize) {
      await this.#closeFeed();
      // The new programs may need the memory of the old ones.
      await step.release();
      await this.#prepare(step);
    }
    this.#offer(true);
    if (!this.#gate.paused) this.#report.tell('running');
  }

  async #closeFeed(): Promise<void> {
    await this.#feed?.close();
    this.#feed = null;
  }

  /** Returns means over the samples of the epoch and the time of its steps; null if the run was stopped. */
  async #trainEpoch(
    step: TrainStep,
    open: () => BatchFeed,
  ): Promise<{ readonly train: Metrics; readonly milliseconds: number; readonly waited: number } | null> {
    const { stopAfter = Number.POSITIVE_INFINITY, keeper } = this.#options;
    const course = this.#course;
    const count = course.samples;
    course.beginEpoch();
    let [milliseconds, waited] = [0, 0];
    while (course.progress.seen < count) {
      const action = course.progress.step >= stopAfter ? 'stop' : await this.#gate.pass(this.#onWait);
      if (action === 'stop') {
        course.expectFiniteWeights();
        return null;
      }
      if (action === 'look') {
        await this.#change(step);
        continue;
      }
      const started = performance.now();
      try {
        waited += await this.#step(step, open);
      } catch (error) {
        this.#requireWhole();
        if (keeper === undefined || error instanceof DivergenceError) throw error;
        await this.#closeFeed().catch(() => {});
        this.#wait(this.#failure(error));
        continue;
      }
      milliseconds += performance.now() - started;
      this.#offer(false);
    }
    course.expectFiniteWeights();
    const { loss, correct } = course.progress;
    const train = { loss: loss / count, accuracy: correct === null ? null : correct / count };
    return { train, milliseconds, waited };
  }

  /** Throws where the dataset has an image that cannot be decoded: without it, the run would have another split. */
  #requireWhole(): void {
    const problem = this.#decoding?.problem ?? null;
    if (problem !== null) throw problem;
  }

  /** Waits until all images are decoded, so that no epoch ends on a split that changes afterwards. False if the run was stopped. */
  async #allDecoded(): Promise<boolean> {
    while (this.#decoding?.hasEnded === false && !this.#gate.stopped) await setTimeout(DECODING_LOOK);
    this.#requireWhole();
    return !this.#gate.stopped || this.#decoding?.hasEnded !== false;
  }

  /** Runs one step. Returns the milliseconds that it waited for its batch. */
  async #step(step: TrainStep, open: () => BatchFeed): Promise<number> {
    this.#requireWhole();
    const course = this.#course;
    const { optimizer, schedule, seed, epochs } = course.recipe;
    const started = performance.now();
    const isOpen = this.#feed !== null;
    this.#feed ??= open();
    const batch = await this.#feed.next();
    // The first batch waits for threads to start, which says nothing about their speed.
    const waited = isOpen ? performance.now() - started : 0;
    const { progress } = course;
    const place = { step: progress.step, steps: course.steps, epoch: progress.epoch, epochs };
    const rates = ratesAt(schedule, optimizer.learningRate, place, progress.plateau);
    const { loss, correct, gradientNorm } = await step.run(batch, rates, { seed, step: progress.step });
    course.expectFiniteLoss(loss);
    const elapsed = performance.now() - started;
    const row = {
      step: progress.step + 1,
      loss,
      accuracy: correct === null ? Number.NaN : correct / batch.size,
      learningRate: rates.learningRate,
      gradientNorm: gradientNorm ?? Number.NaN,
      samplesPerSecond: (1000 * batch.size) / Math.max(elapsed, 1e-3),
    };
    course.endStep({ row, samples: batch.size, correct, weights: step.weights, state: step.state });
    this.#options.onWeights(step.weights);
    this.#report.step(row, { samples: batch.size, milliseconds: elapsed, waited });
    return waited;
  }

  /** Returns the result of `validate`, which is tried again after an error; null if the run was stopped instead. */
  async #validate<T>(step: TrainStep, validate: () => Promise<T>): Promise<T | null> {
    for (;;) {
      try {
        return await validate();
      } catch (error) {
        if (this.#options.keeper === undefined) throw error;
        this.#wait(this.#failure(error));
      }
      let action = await this.#gate.pass(this.#onWait);
      for (; action === 'look'; action = await this.#gate.pass(this.#onWait)) await this.#change(step);
      if (action === 'stop') return null;
    }
  }

  #endEpoch(record: EpochRecord): void {
    this.#course.endEpoch(record);
    this.#options.onWeights(this.#course.last.weights);
    this.#gate.epochEnded();
    this.#report.epoch(record);
    this.#offer(true);
  }

  #goBack(snapshot: Snapshot): void {
    this.#course.goBack(snapshot);
    this.#options.onWeights(snapshot.weights);
  }

  readonly #onWait = (): void => {
    this.#report.flush();
    this.#course.expectFiniteWeights();
    this.#report.tell('paused', this.#trouble);
    this.#offer(true);
  };

  /** Pauses before the next step, with a reason. */
  #wait(why: Text): void {
    this.#gate.control('pause');
    this.#trouble = why;
  }

  /** Offers a checkpoint to the keeper. */
  #offer(matters: boolean): void {
    const { keeper } = this.#options;
    const { progress, steps } = this.#course;
    keeper?.offer(() => this.#course.soundCheckpoint(), { step: progress.step, steps }, matters);
    const failure = keeper?.takeFailure() ?? null;
    if (failure !== null) this.#wait(failure);
  }

  #failure(error: unknown): Text {
    const { progress, recipe } = this.#course;
    const failure = stepFailed(error, this.#options.device, progress.step, recipe.batchSize);
    const isOfTraining = error instanceof DivergenceError || !(error instanceof UserError);
    return isOfTraining && this.#options.keeper !== undefined ? weightsKept(failure) : failure;
  }
}
