import type { CheckedGraph } from '../check/checkedGraph.ts';
import { batchCount } from '../data/batches.ts';
import type { Dataset } from '../data/dataset.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { type PlateauState, plateauReport, plateauStart, ratesAt } from '../optim/schedules.ts';
import type { EngineEvent, Metrics, RunState } from '../protocol.ts';
import { type Text, UserError } from '../text.ts';
import type { BatchFeed, BatchPlan } from './batchFeed.ts';
import { Evaluator } from './evaluator.ts';
import { type Control, Gate } from './gate.ts';
import { fitData, splitOf } from './network.ts';
import { ProgressReport } from './progress.ts';
import { type Device, providerFailed, type Tensors } from './session.ts';
import { TrainStep } from './trainStep.ts';
import { notFinite } from './weights.ts';

export interface TrainingStart {
  readonly graph: CheckedGraph;
  readonly weights: Tensors;
  readonly data: Dataset;
}

export interface TrainerOptions {
  readonly run: string;
  readonly document: NetworkDocument;
  readonly device: Device;
  readonly paused: boolean;
  /** Gets what the run starts from; a UserError thrown here ends the run before its first step. */
  readonly load: () => Promise<TrainingStart>;
  readonly openFeed: (plan: BatchPlan) => BatchFeed;
  readonly emit: (event: EngineEvent) => void;
  /** Called with the weights of the last finished step, after every step. */
  readonly onWeights: (weights: Tensors) => void;
}

/** Ends a run from within; `weights` are the last good ones. */
class Diverged extends UserError {
  constructor(
    text: Text,
    readonly weights: Tensors,
  ) {
    super(text);
  }
}

/** One training run: step after step, listening to `control` in between, until done, stopped or failed. */
export class Trainer {
  readonly #options: TrainerOptions;
  readonly #gate: Gate;
  readonly #progress: ProgressReport;
  #step = 0;
  #epoch = 0;
  #steps = 0;
  /** What a plateau schedule remembers, once it was told of an epoch. */
  #plateau: PlateauState | null = null;
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

  #tell(state: RunState, message: Text | null = null): void {
    this.#state = state;
    const { run, document, emit } = this.#options;
    const { epochs } = document.recipe;
    emit({ kind: 'run', run, state, step: this.#step, steps: this.#steps, epoch: this.#epoch, epochs, message });
  }

  /** Runs to the end; never rejects. Returns the state that it ended in. */
  async train(): Promise<RunState> {
    const release: (() => Promise<void>)[] = [];
    try {
      const completed = await this.#train(release);
      this.#progress.flush();
      this.#tell(completed ? 'done' : 'stopped');
    } catch (error) {
      this.#progress.flush();
      if (error instanceof Diverged) this.#options.onWeights(error.weights);
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
    const { graph, weights, data } = await this.#options.load();
    fitData(graph, data);
    const split = splitOf(data, document.data);
    const { length: samples } = split.train;
    const perEpoch = batchCount(samples, recipe.batchSize);
    this.#steps = perEpoch * recipe.epochs;

    const step = new TrainStep(graph, recipe, weights, device);
    release.push(() => step.release());
    await step.prepare(Math.min(recipe.batchSize, samples));
    if (samples > recipe.batchSize && samples % recipe.batchSize !== 0) await step.prepare(samples % recipe.batchSize);
    const evaluator = await Evaluator.open(graph, device);
    release.push(() => evaluator.release());
    const feed = openFeed({ data, indices: split.train, batch: recipe.batchSize, seed: recipe.seed, firstEpoch: 0 });
    release.push(() => feed.close());
    if (!this.#gate.paused && !this.#gate.stopped) this.#tell('running');

    let good = weights;
    while (this.#epoch < recipe.epochs) {
      const started = performance.now();
      const train = await this.#trainEpoch(step, feed, samples, perEpoch);
      if (train === null) return false;
      const broken = notFinite(step.weights);
      if (broken !== null) throw this.#diverged({ en: `Weight '${broken}'`, zh: `权重“${broken}”` }, good);
      const { loss, accuracy } = await evaluator.evaluate(data, split.validation, step.weights);
      if (!Number.isFinite(loss)) throw this.#diverged({ en: 'The validation loss', zh: '验证损失' }, good);
      good = step.weights;
      this.#reportToPlateau({ loss, accuracy });
      this.#epoch++;
      this.#progress.flush();
      emit({
        kind: 'epoch',
        run,
        epoch: this.#epoch,
        step: this.#step,
        train,
        validation: { loss, accuracy },
        seconds: (performance.now() - started) / 1000,
      });
    }
    return true;
  }

  /** Means over the epoch's samples, or null when the run was stopped. */
  async #trainEpoch(step: TrainStep, feed: BatchFeed, samples: number, batches: number): Promise<Metrics | null> {
    const { optimizer, schedule, seed, epochs } = this.#options.document.recipe;
    let loss = 0;
    let correct = 0;
    let good = step.weights;
    for (let i = 0; i < batches; i++) {
      const onWait = () => {
        this.#progress.flush();
        this.#tell('paused');
      };
      if (!(await this.#gate.pass(onWait))) return null;
      const started = performance.now();
      const batch = await feed.next();
      const before = step.weights;
      const at = { step: this.#step, steps: this.#steps, epoch: this.#epoch, epochs };
      const rates = ratesAt(schedule, optimizer.learningRate, at, this.#plateau);
      const result = await step.run(batch, rates, { seed, step: this.#step });
      this.#step++;
      // The loss was computed with the weights before this step: not finite, it condemns them and not the ones before.
      if (!Number.isFinite(result.loss)) throw this.#diverged({ en: 'The loss', zh: '损失' }, good);
      good = before;
      this.#options.onWeights(step.weights);
      loss += result.loss * batch.size;
      correct += result.correct;
      const elapsed = performance.now() - started;
      this.#progress.add(this.#step, result.loss, result.correct / batch.size, batch.size, elapsed);
    }
    return { loss: loss / samples, accuracy: correct / samples };
  }

  #reportToPlateau({ loss, accuracy }: Metrics): void {
    const { optimizer, schedule } = this.#options.document.recipe;
    if (schedule?.kind !== 'plateau') return;
    const state = this.#plateau ?? plateauStart(optimizer.learningRate);
    this.#plateau = plateauReport(schedule, state, schedule.mode === 'min' ? loss : accuracy);
  }

  #diverged(what: Text, weights: Tensors): Diverged {
    const { learningRate } = this.#options.document.recipe.optimizer;
    const smaller = Number((learningRate / 10).toPrecision(2));
    const { en, zh } = what;
    return new Diverged(
      {
        en: `${en} became NaN or infinite at step ${this.#step}: the updates were too large. The learning rate is ${learningRate}; try ${smaller}. The last good weights are kept.`,
        zh: `第 ${this.#step} 步时${zh}变成 NaN 或无穷大：更新过大。当前学习率为 ${learningRate}，请试试 ${smaller}。已保留最后一份可用的权重。`,
      },
      weights,
    );
  }

  #failure(error: unknown): Text {
    const { device } = this.#options;
    if (device.provider !== 'cpu') return providerFailed(device, error).text;
    const reason = error instanceof Error ? error.message : String(error);
    return {
      en: `Training failed at step ${this.#step + 1}: ${reason}. Please report this with the network; the weights of step ${this.#step} are kept.`,
      zh: `训练在第 ${this.#step + 1} 步失败：${reason}。请附上网络报告此问题；第 ${this.#step} 步的权重已保留。`,
    };
  }
}
