import type { CheckedGraph } from '../check/checkedGraph.ts';
import { batchCount } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { plateauReport, plateauStart, ratesAt } from '../optim/schedules.ts';
import type { EngineEvent, RunState } from '../protocol.ts';
import type { EpochRecord, Metrics } from '../runs/record.ts';
import { type Text, UserError } from '../text.ts';
import type { BatchFeed, BatchPlan } from './batchFeed.ts';
import { type Checkpoint, fitRun, type Moment, type RunProgress, runStart } from './checkpoint.ts';
import { dataSha256 } from './dataHash.ts';
import { isExhausted } from './earlyStopping.ts';
import { Evaluator } from './evaluator.ts';
import { type Control, Gate } from './gate.ts';
import { samplesFor, splitOf } from './network.ts';
import { ProgressReport } from './progress.ts';
import { type Device, providerFailed, type Tensors } from './session.ts';
import { TrainStep } from './trainStep.ts';
import { notFinite } from './weights.ts';

export interface TrainingStart {
  readonly graph: CheckedGraph;
  readonly weights: Tensors;
  readonly data: Dataset;
  /** The run to go on with: its weights take the place of `weights`. */
  readonly resume?: Checkpoint;
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
  readonly emit: (event: EngineEvent) => void;
  /** Called with the weights of the last finished step, after every step. */
  readonly onWeights: (weights: Tensors) => void;
}

/** Ends a run from within; `last` is the last good moment of it. */
class Diverged extends UserError {
  constructor(
    text: Text,
    readonly last: Moment,
  ) {
    super(text);
  }
}

/** One training run: step after step, listening to `control` in between, until done, stopped or failed. */
export class Trainer {
  readonly #options: TrainerOptions;
  readonly #gate: Gate;
  readonly #progress: ProgressReport;
  #steps = 0;
  #at: RunProgress = runStart;
  /** What a checkpoint needs, once the run has begun; replaced as a whole between two steps. */
  #last: Omit<Checkpoint, 'document'> | null = null;
  /** Why the run ended before its last epoch. */
  #early: Text | null = null;
  /** The state last told. */
  #state: RunState = 'preparing';

  constructor(options: TrainerOptions) {
    this.#options = options;
    this.#gate = new Gate(options.paused);
    this.#progress = new ProgressReport(options.run, options.emit, () => performance.now());
  }

  get run(): string {
    return this.#options.run;
  }

  control(action: Control): void {
    this.#gate.control(action);
    // A pause in the middle of a step is told when the step is done: here only what is already true.
    if (action === 'resume' && this.#state === 'paused') this.#tell('running');
  }

  /** The run as of its last finished step, null before it has begun. */
  checkpoint(): Checkpoint | null {
    return this.#last === null ? null : { ...this.#last, document: this.#options.document };
  }

  #tell(state: RunState, message: Text | null = null, kept: number | null = null): void {
    this.#state = state;
    const { run, document, emit } = this.#options;
    const { epochs } = document.recipe;
    const { step, epoch } = this.#at;
    emit({ kind: 'run', run, state, step, steps: this.#steps, epoch, epochs, message, kept });
  }

  /** Runs to the end; never rejects. Returns the state that it ended in. */
  async train(): Promise<RunState> {
    const release: (() => Promise<void>)[] = [];
    try {
      const completed = await this.#train(release);
      this.#progress.flush();
      if (completed) this.#tell('done', this.#early, this.#keepBest());
      else this.#tell('stopped');
    } catch (error) {
      this.#progress.flush();
      if (error instanceof Diverged) this.#keep(error.last);
      this.#tell('failed', error instanceof UserError ? error.text : this.#failure(error));
    } finally {
      for (const each of release) await each();
    }
    return this.#state;
  }

  async #train(release: (() => Promise<void>)[]): Promise<boolean> {
    const { document, device, openFeed, emit, run } = this.#options;
    const { recipe } = document;
    this.#tell('preparing');
    const { graph, weights, data, resume } = await this.#options.load();
    const samples = samplesFor(graph, data);
    const split = splitOf(data, document.data);
    const { length: count } = split.train;
    const perEpoch = batchCount(count, recipe.batchSize);
    this.#steps = perEpoch * recipe.epochs;
    const sha256 = dataSha256(data, split.train);
    if (resume !== undefined) this.#resume(resume, sha256);
    const reportNorm = resume?.reportNorm ?? this.#options.reportNorm ?? false;

    const start = resume === undefined ? { weights, reportNorm } : { ...resume, reportNorm };
    const step = new TrainStep(graph, recipe, start, device);
    release.push(() => step.release());
    await step.prepare(Math.min(recipe.batchSize, count));
    if (count > recipe.batchSize && count % recipe.batchSize !== 0) await step.prepare(count % recipe.batchSize);
    const evaluator = await Evaluator.open(graph, device);
    release.push(() => evaluator.release());
    if (recipe.earlyStopping?.monitor === 'accuracy' && !evaluator.hasAccuracy) {
      throw new UserError({
        en: 'Early stopping looks at the accuracy, but this network predicts numbers. Let it look at the loss.',
        zh: '提前停止以精度为准，但此网络预测的是数值。请改为以损失为准。',
      });
    }
    if (recipe.schedule?.kind === 'plateau' && recipe.schedule.mode === 'max' && !evaluator.hasAccuracy) {
      throw new UserError({
        en: 'The schedule waits for a higher accuracy, but this network predicts numbers. Let it wait for a lower loss: mode min.',
        zh: '学习率计划等待精度提高，但此网络预测的是数值。请改为等待损失降低（min）。',
      });
    }
    const { epoch, batch } = this.#at;
    const first = { epoch, batch };
    const feed = openFeed({ samples, indices: split.train, batch: recipe.batchSize, seed: recipe.seed, first });
    release.push(() => feed.close());
    const bestWeights = resume?.bestWeights ?? null;
    this.#last = {
      progress: this.#at,
      weights: step.weights,
      state: step.state,
      bestWeights,
      dataSha256: sha256,
      reportNorm,
    };
    if (!this.#gate.paused && !this.#gate.stopped) this.#tell('running');

    let good: Moment = this.#last;
    while (this.#at.epoch < recipe.epochs && !this.#stopsEarly()) {
      const started = performance.now();
      const train = await this.#trainEpoch(step, feed, count, perEpoch);
      if (train === null) return false;
      const broken = notFinite(step.weights);
      if (broken !== null) throw this.#diverged({ en: `Weight '${broken}'`, zh: `权重“${broken}”` }, good);
      const { loss, accuracy } = await evaluator.evaluate(samples, split.validation, step.weights);
      if (!Number.isFinite(loss)) throw this.#diverged({ en: 'The validation loss', zh: '验证损失' }, good);
      const seconds = (performance.now() - started) / 1000;
      good = this.#endEpoch({ epoch: this.#at.epoch + 1, train, validation: { loss, accuracy }, seconds }, good);
      this.#progress.flush();
      const { history, step: done } = this.#at;
      emit({ kind: 'epoch', run, step: done, ...(history.at(-1) as EpochRecord) });
    }
    return true;
  }

  #stopsEarly(): boolean {
    const { earlyStopping } = this.#options.document.recipe;
    if (earlyStopping === undefined || !isExhausted(this.#at.history, earlyStopping)) return false;
    const { monitor, patience } = earlyStopping;
    const [en, zh] = monitor === 'loss' ? ['loss', '损失'] : ['accuracy', '精度'];
    this.#early = {
      en: `Stopped early after epoch ${this.#at.epoch}: the validation ${en} has not improved for ${patience} epochs.`,
      zh: `第 ${this.#at.epoch} 轮后提前停止：验证${zh}已连续 ${patience} 轮没有改善。`,
    };
    return true;
  }

  /** Gives out the weights of the best epoch where the recipe wants them: that epoch, null where they are the last. */
  #keepBest(): number | null {
    const { progress, bestWeights } = this.#last as Moment;
    const wanted = this.#options.document.recipe.keepBest ?? false;
    if (!wanted || bestWeights === null || progress.best === progress.epoch) return null;
    this.#options.onWeights(bestWeights);
    return progress.best;
  }

  /** Takes up a run where it was. */
  #resume({ progress, document, dataSha256: before }: Checkpoint, sha256: string): void {
    const now = this.#options.document;
    fitRun(document, now);
    if (sha256 !== before) {
      throw new UserError({
        en: `The data '${now.data.source}' is not what this run was trained on, so the run cannot go on. Put the data back, or train from the start.`,
        zh: `数据“${now.data.source}”与此次训练所用的不同，无法继续。请恢复数据，或从头训练。`,
      });
    }
    const { learningRate } = now.recipe.optimizer;
    const plateau = progress.plateau && { ...progress.plateau };
    // A rate that was changed counts from now on.
    if (plateau !== null && learningRate !== document.recipe.optimizer.learningRate)
      plateau.learningRate = learningRate;
    this.#at = { ...progress, plateau };
  }

  /** Publishes a moment between two steps: the last one, so far. */
  #keep(moment: Moment): void {
    this.#at = moment.progress;
    this.#last = { ...(this.#last as Omit<Checkpoint, 'document'>), ...moment };
    this.#options.onWeights(moment.weights);
  }

  /** Means over the epoch's samples, or null when the run was stopped. */
  async #trainEpoch(step: TrainStep, feed: BatchFeed, samples: number, batches: number): Promise<Metrics | null> {
    const { document, stopAfter = Number.POSITIVE_INFINITY } = this.#options;
    const { optimizer, schedule, seed, epochs } = document.recipe;
    let good = this.#last as Moment;
    while (this.#at.batch < batches) {
      const onWait = () => {
        this.#progress.flush();
        this.#tell('paused');
      };
      if (this.#at.step >= stopAfter || !(await this.#gate.pass(onWait))) return null;
      const started = performance.now();
      const batch = await feed.next();
      const before = this.#last as Moment;
      const { progress } = before;
      const rates = ratesAt(
        schedule,
        optimizer.learningRate,
        { ...progress, steps: this.#steps, epochs },
        progress.plateau,
      );
      const { loss, correct, gradientNorm } = await step.run(batch, rates, { seed, step: progress.step });
      this.#at = {
        ...progress,
        step: progress.step + 1,
        batch: progress.batch + 1,
        loss: progress.loss + loss * batch.size,
        correct: correct === null ? null : (progress.correct ?? 0) + correct,
      };
      // The loss was computed with the weights before this step: not finite, it condemns them and not the ones before.
      if (!Number.isFinite(loss)) throw this.#diverged({ en: 'The loss', zh: '损失' }, good);
      if (gradientNorm !== null && !Number.isFinite(gradientNorm)) {
        throw this.#diverged({ en: 'The norm of the gradients', zh: '梯度范数' }, before);
      }
      good = before;
      this.#keep({ progress: this.#at, weights: step.weights, state: step.state, bestWeights: before.bestWeights });
      const elapsed = performance.now() - started;
      const accuracy = correct === null ? Number.NaN : correct / batch.size;
      this.#progress.add({ step: this.#at.step, loss, accuracy, gradientNorm }, batch.size, elapsed);
    }
    const { loss, correct } = this.#at;
    return { loss: loss / samples, accuracy: correct === null ? null : correct / samples };
  }

  /** Enters a finished epoch; the moment after it. */
  #endEpoch(record: EpochRecord, before: Moment): Moment {
    const { weights, state, progress } = this.#last as Moment;
    const best = progress.best === null ? undefined : progress.history[progress.best - 1];
    const improved = best === undefined || isBetter(record.validation, best.validation);
    const moment: Moment = {
      weights,
      state,
      bestWeights: improved ? weights : before.bestWeights,
      progress: {
        ...progress,
        epoch: record.epoch,
        batch: 0,
        loss: 0,
        correct: 0,
        plateau: this.#plateauAfter(record.validation),
        history: [...progress.history, record],
        best: improved ? record.epoch : progress.best,
      },
    };
    this.#keep(moment);
    return moment;
  }

  #plateauAfter({ loss, accuracy }: Metrics): RunProgress['plateau'] {
    const { optimizer, schedule } = this.#options.document.recipe;
    if (schedule?.kind !== 'plateau') return null;
    const state = this.#at.plateau ?? plateauStart(optimizer.learningRate);
    return plateauReport(schedule, state, schedule.mode === 'min' || accuracy === null ? loss : accuracy);
  }

  #diverged(what: Text, last: Moment): Diverged {
    const { learningRate } = this.#options.document.recipe.optimizer;
    const smaller = Number((learningRate / 10).toPrecision(2));
    const { en, zh } = what;
    return new Diverged(
      {
        en: `${en} became NaN or infinite at step ${this.#at.step}: the updates were too large. The learning rate is ${learningRate}; try ${smaller}. The last good weights are kept.`,
        zh: `第 ${this.#at.step} 步时${zh}变成 NaN 或无穷大：更新过大。当前学习率为 ${learningRate}，请试试 ${smaller}。已保留最后一份可用的权重。`,
      },
      last,
    );
  }

  #failure(error: unknown): Text {
    const { device } = this.#options;
    const { step } = this.#at;
    if (device.provider !== 'cpu') return providerFailed(device, error).text;
    const reason = error instanceof Error ? error.message : String(error);
    return {
      en: `Training failed at step ${step + 1}: ${reason}. Please report this with the network; the weights of step ${step} are kept.`,
      zh: `训练在第 ${step + 1} 步失败：${reason}。请附上网络报告此问题；第 ${step} 步的权重已保留。`,
    };
  }
}

/** More samples right, or as many at a lower loss. */
function isBetter(a: Metrics, b: Metrics): boolean {
  if (a.accuracy === null || b.accuracy === null || a.accuracy === b.accuracy) return a.loss < b.loss;
  return a.accuracy > b.accuracy;
}
