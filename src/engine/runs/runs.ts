import { check } from '../../check/check.ts';
import type { CheckedGraph } from '../../check/checkedGraph.ts';
import { reversed, type WeightMoves, withMovedNames } from '../../graph/weightMoves.ts';
import type { RunEvent } from '../../protocol/runEvents.ts';
import type { ChangeArgs, ControlArgs, TrainArgs } from '../../protocol/training.ts';
import type { RunRecord } from '../../runs/record.ts';
import { UserError } from '../../text.ts';
import { threadedFeed } from '../batchFeed.ts';
import type { Checkpoint } from '../checkpoint.ts';
import type { EngineFiles } from '../files.ts';
import type { HeldWeights } from '../heldWeights.ts';
import { needMemory, trainingBytes } from '../memory.ts';
import type { Networks } from '../networks.ts';
import { checkProjectSize } from '../projectSize.ts';
import type { Device, Tensors } from '../session.ts';
import { Trainer, type TrainingStart } from '../trainer.ts';
import { fittingWeights, frozenWeights } from '../weights.ts';
import type { RunKeeper } from './runKeeper.ts';
import type { RunLibrary } from './runLibrary.ts';

type Emit = (event: RunEvent) => void;

export interface RunsOptions {
  readonly device: Device;
  readonly files: EngineFiles;
  /** Null if runs are not kept. */
  readonly library: RunLibrary | null;
  readonly networks: Networks;
  /** Current weights of the engine. */
  readonly held: Pick<HeldWeights, 'present' | 'take'>;
}

interface Run {
  readonly asked: Waiting;
  readonly trainer: Trainer;
  readonly ended: Promise<void>;
  /** Renamed layers since the run was requested. */
  readonly moved: WeightMoves[];
}

interface Waiting {
  readonly request: TrainArgs;
  readonly emit: Emit;
  readonly keeper: RunKeeper | null;
  readonly moved: WeightMoves[];
  /** Weights of the engine for the start of the run, under the layer names of its document. */
  held(graph: CheckedGraph): Promise<Tensors>;
}

/**
 * The current run, the waiting runs, and the last one for a resume. Runs aside share only the queue: they do not change
 * the weights and the last run of the engine.
 */
export class Runs {
  readonly #options: RunsOptions;
  #present: Run | null = null;
  /** The last started run that is not aside. */
  #own: Run | null = null;
  #waiting: readonly Waiting[] = [];
  /** A run aside that is stopped for another run and resumed after it. */
  #makesWay: Trainer | null = null;
  /** The previous run, or the run of an opened file. */
  #last: Checkpoint | null = null;

  constructor(options: RunsOptions) {
    this.#options = options;
  }

  /** Starts or queues a run. `before`: earlier requests, which are completed first. */
  train(request: TrainArgs, before: Promise<unknown>, emit: Emit): void {
    const isBusy = this.#present?.trainer.isActive === true || this.#waiting.length > 0;
    const moved = [...(request.moved ?? [])];
    const present = before.then(() => this.#options.held.present());
    // Captured now, because another network with other weights may be opened before the run starts.
    const held: Waiting['held'] = async (graph) =>
      request.aside === true
        ? (await present)(graph, [])
        : before.then(() => this.#options.held.present()(graph, reversed(moved)));
    if (request.queued === true && isBusy) {
      const keeper = this.#keep(request, 'queued');
      this.#waiting = [...this.#waiting, { request, emit, keeper, moved, held }];
      emit(waitingEvent(request, 'queued', null));
      return;
    }
    this.#start({ request, emit, keeper: null, moved, held }, before);
  }

  control({ run, action }: ControlArgs): void {
    if (action === 'stop') this.#drop(this.#waiting.filter(({ request }) => request.run === run));
    if (action === 'stop' && this.#makesWay?.run === run) this.#makesWay = null;
    if (this.#present?.trainer.run === run) this.#present.trainer.control(action);
  }

  /** Removes runs from the queue. */
  #drop(dropped: readonly Waiting[]): void {
    this.#waiting = this.#waiting.filter((other) => !dropped.includes(other));
    for (const { request, emit, keeper } of dropped) {
      const event = waitingEvent(request, 'stopped', keeper?.record ?? null);
      emit(event);
      keeper?.observe(event);
      if (keeper !== null) this.#options.library?.end(keeper).catch(console.error);
    }
  }

  change({ run, ...change }: ChangeArgs): void {
    if (this.#present?.trainer.run === run) this.#present.trainer.change(change);
  }

  /** The current run and the waiting runs, in order. */
  get inHand() {
    const placeOf = ({ request }: Waiting) => ({ run: request.run, aside: request.aside === true });
    return {
      present: this.#present?.trainer.isActive === true ? placeOf(this.#present.asked) : null,
      waiting: this.#waiting.map(placeOf),
    };
  }

  /** The checkpoint of the current or last run. */
  checkpoint(): Checkpoint | null {
    return this.#own?.trainer.checkpoint() ?? this.#last;
  }

  /**
   * The weights to which the run returns because its last step resulted in non-finite weights; null if they are finite.
   */
  beforeOverflow(): Tensors | null {
    const before = this.#own?.trainer.beforeOverflow() ?? null;
    return before === null ? null : withMovedNames(before.weights, this.#own?.moved ?? []);
  }

  /** Returns a function that renames layers in all runs that are current or waiting at the time of this call. */
  mover(): (moves: readonly WeightMoves[]) => void {
    const all = [this.#present, ...this.#waiting];
    return (moves) => {
      for (const run of all) run?.moved.push(...moves);
    };
  }

  /**
   * Prepares for other weights in the engine, with `last` as the run to resume. Stops the run that would change them;
   * waiting runs are trained aside, from the current weights.
   */
  async setLast(last: Checkpoint | null): Promise<void> {
    const run = this.#own;
    const present = Promise.resolve(run?.ended).then(() => this.#options.held.present());
    this.#waiting = this.#waiting.map((waiting) => {
      if (waiting.request.aside === true) return waiting;
      const back = reversed([...waiting.moved]);
      const held: Waiting['held'] = async (graph) => (await present)(graph, back);
      return { ...waiting, request: { ...waiting.request, aside: true }, held };
    });
    run?.trainer.control('stop');
    await run?.ended;
    if (this.#own === run) this.#own = null;
    this.#last = last;
  }

  #start(asked: Waiting, before: Promise<unknown>): void {
    const { request, emit, keeper: kept, moved, held } = asked;
    const { files, library, held: engineHeld } = this.#options;
    const device = request.device === undefined ? this.#options.device : { provider: request.device };
    const { run, document, paused, stopAfter, reportNorm, aside } = request;
    const previous = this.#present;
    const previousOwn = this.#own;
    if (previous?.trainer.isActive === true && previous.asked.request.aside === true && aside !== true) {
      this.#makesWay = previous.trainer;
    }
    previous?.trainer.control('stop');
    let keeper = kept;
    if (keeper === null && request.weights !== 'resume') keeper = this.#keep(request, 'running');
    let lastEvent: RunEvent | null = null;
    const tell = (event: RunEvent) => {
      const makesWay = event.kind === 'run' && event.state === 'stopped' && this.#makesWay === trainer;
      const reported = makesWay ? { ...event, state: 'queued' as const } : event;
      keeper?.observe(reported);
      if (reported.kind === 'run') lastEvent = reported;
      emit(reported);
    };
    const trainer = new Trainer({
      run,
      document,
      device,
      paused,
      ...(stopAfter === undefined ? {} : { stopAfter }),
      ...(reportNorm === undefined ? {} : { reportNorm }),
      openFeed: (plan) => threadedFeed(plan, files.batches),
      emit: tell,
      keeper:
        library === null
          ? undefined
          : {
              offer: (...args) => keeper?.offer(...args),
              takeFailure: () => keeper?.takeFailure() ?? null,
            },
      onWeights: (latest) => {
        if (aside !== true) engineHeld.take(withMovedNames(latest, moved));
      },
      load: async () => {
        await Promise.all([before, previous?.ended]);
        if (aside !== true) this.#last = previousOwn?.trainer.checkpoint() ?? this.#last;
        const start = await this.#load(request, held);
        if (start.resume !== undefined) keeper ??= await this.#keepOn(request, start.resume);
        return start;
      },
    });
    const ended = trainer.train().then(async () => {
      if (keeper !== null) {
        await library?.end(keeper);
        const failure = keeper.takeFailure();
        if (failure !== null && lastEvent?.kind === 'run')
          emit({ ...lastEvent, message: lastEvent.message ?? failure });
      }
      if (this.#makesWay !== trainer) return;
      this.#makesWay = null;
      if (lastEvent?.kind !== 'run' || lastEvent.state !== 'queued') return;
      const again = await this.#again(asked, keeper);
      this.#waiting = [again, ...this.#waiting];
    });
    this.#present = { asked, trainer, ended, moved };
    if (aside !== true) this.#own = this.#present;
    ended.catch(console.error).finally(() => this.#next(trainer));
  }

  /** Queues the rest of a run that was stopped for another. */
  async #again({ request, ...asked }: Waiting, ended: RunKeeper | null): Promise<Waiting> {
    const { library } = this.#options;
    const { run } = request;
    if (ended === null || library === null || ended.record.step === 0) {
      return { ...asked, request, keeper: this.#keep(request, 'queued') };
    }
    const { record, document } = await library.read(run);
    const { step } = record;
    const keeper = library.keep(record, document, { goesOn: step, keep: request.keep ?? 'checkpoints' });
    return { ...asked, request: { ...request, document, weights: 'resume', from: { run, step } }, keeper };
  }

  /** Starts the next run, unless another one was started in the meantime. */
  #next(ended: Trainer): void {
    if (this.#present !== null && this.#present.trainer !== ended) return;
    const [first, ...rest] = this.#waiting;
    if (first === undefined) return;
    this.#waiting = rest;
    this.#start(first, Promise.resolve());
  }

  async #load({ document, weights, from, held }: TrainArgs, present: Waiting['held']): Promise<TrainingStart> {
    const { library, networks } = this.#options;
    const { graph, initial } = networks.of(document);
    // A kept run must be small enough to be saved.
    if (library !== null) checkProjectSize(graph);
    const { dataset: data, decoding } = await networks.toTrain(document);
    needMemory(trainingBytes(graph, data.count));
    if (weights === 'resume') {
      const resume = from === undefined ? this.#last : ((await library?.checkpoint(from)) ?? null);
      if (resume === null) throw nothingToResume();
      return { graph, weights: resume.weights, data, decoding, resume };
    }
    if (weights === 'redrawn') return { graph, weights: initial(), data, decoding };
    const isFrozen = graph.nodes.some(({ node }) => node.frozen === true);
    if (weights === 'fresh' && !isFrozen) return { graph, weights: initial(), data, decoding };
    const kept = held === undefined ? null : await library?.checkpoint(held);
    const all = kept?.weights ?? (await present(graph));
    const start = weights === 'current' ? all : frozenWeights(graph, all);
    return { graph, weights: fittingWeights(graph, start, initial).weights, data, decoding };
  }

  /** Starts to keep a new run. */
  #keep(request: TrainArgs, state: RunRecord['state']): RunKeeper | null {
    const { library } = this.#options;
    if (library === null) return null;
    const record = recordOf(request, state);
    return library.keep(record, request.document, { goesOn: null, keep: request.keep ?? 'checkpoints' });
  }

  /** Keeps a resumed run: under its id, or as a branch. */
  async #keepOn(request: TrainArgs, { progress }: Checkpoint): Promise<RunKeeper | null> {
    const { library } = this.#options;
    if (library === null) return null;
    const keep = request.keep ?? 'checkpoints';
    const goesOn = request.from?.run === request.run ? progress.step : null;
    if (goesOn !== null) {
      const { record } = await library.read(request.run);
      return library.keep({ ...record, state: 'running' }, request.document, { goesOn, keep });
    }
    const record = recordOf(request, 'running');
    return library.keep(record, request.document, { goesOn, keep });
  }
}

function recordOf(request: TrainArgs, state: RunRecord['state']): RunRecord {
  const { run, document, name, group, varied, from } = request;
  return {
    id: run,
    name: name ?? document.name,
    group: group ?? null,
    network: document.name,
    created: Date.now(),
    state,
    message: null,
    source: document.data.source,
    transforms: document.data.transforms,
    mixing: document.data.mixing,
    dataSha256: null,
    samples: null,
    params: check(document).totals.params,
    recipe: document.recipe,
    varied: varied ?? {},
    changes: [],
    from: from ?? null,
    step: 0,
    steps: 0,
    epoch: 0,
    epochs: document.recipe.epochs,
    seconds: 0,
    waited: null,
    last: null,
    best: null,
    tested: 0,
    bytes: 0,
  };
}

const waitingEvent = (
  { run, document }: TrainArgs,
  state: 'queued' | 'stopped',
  record: RunRecord | null,
): RunEvent => ({
  kind: 'run',
  run,
  state,
  step: record?.step ?? 0,
  steps: record?.steps ?? 0,
  epoch: record?.epoch ?? 0,
  epochs: document.recipe.epochs,
  message: null,
  kept: null,
});

const nothingToResume = (): UserError =>
  new UserError({
    en: 'There is no run to resume. Train from scratch first.',
    zh: '没有可以继续的训练。请先从头训练。',
  });
