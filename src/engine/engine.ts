import { setTimeout } from 'node:timers/promises';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import { costOf } from '../compile/footprint.ts';
import { initialParameters } from '../compile/initialise.ts';
import type { Dataset } from '../data/dataset.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { withMovedNames } from '../graph/weightMoves.ts';
import { type EngineEvent, type EngineRequest, type Results, readRequest } from '../protocol.ts';
import { Curves } from '../runs/curves.ts';
import type { RunMoment } from '../runs/record.ts';
import { type Text, UserError } from '../text.ts';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { Evaluator } from './evaluator.ts';
import { examine } from './examine.ts';
import { exportModel } from './exporter.ts';
import { failureText } from './failure.ts';
import { type EngineFiles, openDataset } from './files.ts';
import { lastRunOf, projectOf } from './lastRun.ts';
import { type LookedData, Looker } from './look.ts';
import { needMemory, weightBytes } from './memory.ts';
import { checkedGraph, samplesFor, splitOf } from './network.ts';
import { Predictor } from './predictor.ts';
import { probeProviders } from './providers.ts';
import { tryRepairs } from './repairTrials.ts';
import { ResultsOf } from './results.ts';
import { type KeptRun, RunLibrary } from './runs/runLibrary.ts';
import { Runs } from './runs/runs.ts';
import { givenSamples } from './samples.ts';
import { trainingTarget } from './selfCheck.ts';
import type { Device, Tensors } from './session.ts';
import { fittingWeights, readWeights, sameWeights, writeWeights } from './weights.ts';

/** Trials rest so many times as long as their last step took while a run goes on, which then has most of the time. */
const BESIDE_A_RUN = 3;

/** One end of a connection, whatever carries it: a thread's port, Electron's, or a test. */
export interface EnginePort {
  send(event: EngineEvent): void;
  /** Messages are not trusted: the engine reads them with `readRequest`. */
  onMessage(listener: (message: unknown) => void): void;
}

export interface EngineOptions {
  readonly files: EngineFiles;
  readonly device: Device;
  /** Folder in which every run is kept; absent: none is. */
  readonly runs?: string;
}

type Asked<K extends EngineRequest['kind']> = Extract<EngineRequest, { kind: K }>;
type Answerable = Exclude<EngineRequest, { kind: 'train' | 'control' | 'change' | 'tryRepairs' }>;

/** A document that was asked for, with what was made of it. */
interface Network {
  readonly key: string;
  readonly graph: CheckedGraph;
  /** Initial parameters, drawn once. */
  readonly initial: () => Tensors;
  predictor: Promise<Predictor> | null;
  readonly looker: Looker;
}

/**
 * Serves any number of clients, who share its weights. Requests are answered in the order in which they come, to
 * whoever asked; a run goes on beside them, one at a time, and reports to who started it.
 */
export class Engine {
  readonly #options: EngineOptions;
  /** The weights of the network, as trained or loaded; empty when there are none. */
  #weights: Tensors = new Map();
  readonly #ports = new Set<EnginePort>();
  readonly #successors = new WeakMap<EnginePort, EnginePort>();
  readonly #library: RunLibrary | null;
  readonly #runs: Runs;
  #queue: Promise<void> = Promise.resolve();
  readonly #datasets = new Map<string, Promise<Dataset>>();
  #network: Network | null = null;
  #start: { readonly key: string; readonly weights: Promise<Tensors | null> } | null = null;
  readonly #results: ResultsOf;
  /** Ends the trials under way. */
  #trials = new AbortController();

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#results = new ResultsOf(options.device);
    const tellAll = (event: EngineEvent) => {
      for (const port of this.#ports) port.send(event);
    };
    this.#library =
      options.runs === undefined
        ? null
        : new RunLibrary(options.runs, (run, record) => tellAll({ kind: 'library', run, record }));
    this.#runs = new Runs({
      ...options,
      library: this.#library,
      networkOf: (document) => this.#networkOf(document),
      dataset: (document) => this.#dataset(document),
      held: () => this.#weights,
      hold: (weights) => {
        this.#weights = weights;
      },
    });
  }

  /** `before`: another port of the same client, which is gone. Runs that it has started report to the new one. */
  connect(port: EnginePort, before: EnginePort | null = null): void {
    this.#ports.add(port);
    if (before !== null) {
      this.#ports.delete(before);
      this.#successors.set(before, port);
    }
    port.onMessage((message) => {
      const request = readRequest(message);
      if (request.ok) this.#handle(request.value, port);
      else port.send({ kind: 'error', id: idOf(message), message: malformed(request.reason) });
    });
  }

  #latest(port: EnginePort): EnginePort {
    const next = this.#successors.get(port);
    return next === undefined ? port : this.#latest(next);
  }

  #handle(request: EngineRequest, port: EnginePort): void {
    switch (request.kind) {
      case 'control':
        this.#runs.control(request);
        return;
      case 'change':
        this.#runs.change(request);
        return;
      case 'train':
        // What was asked before comes first; what is asked from now on sees the new run.
        this.#trials.abort();
        this.#runs.train(request, this.#queue, (event) => this.#latest(port).send(event));
        return;
      case 'tryRepairs':
        this.#tryRepairs(request, port);
        return;
      default: {
        // A run that is asked for later knows the new names.
        const move = this.#runs.mover();
        this.#queue = this.#queue.then(async () => {
          try {
            if (request.kind === 'moveWeights') move(request.moves);
            port.send(await this.#answer(request));
          } catch (error) {
            port.send({ kind: 'error', id: request.id, message: failureText(error) });
          }
        });
      }
    }
  }

  /** Beside all other requests, which do not wait for it; the weights are those held when its turn comes. */
  #tryRepairs({ id, trials }: Asked<'tryRepairs'>, port: EnginePort): void {
    this.#trials.abort();
    this.#trials = new AbortController();
    const { signal } = this.#trials;
    const rest = (took: number) => setTimeout(this.#runs.inHand.present === null ? 0 : BESIDE_A_RUN * took);
    const begun = this.#queue.then(async () => {
      const data = await this.#dataset((trials[0] as (typeof trials)[number]).document);
      return { trials, data, held: this.#weights, device: this.#options.device, signal, rest };
    });
    this.#queue = begun.then(
      () => {},
      () => {},
    );
    begun
      .then(tryRepairs)
      .then((result) => port.send({ kind: 'repairsTried', id, result }))
      .catch((error: unknown) => port.send({ kind: 'error', id, message: failureText(error) }));
  }

  async #answer(request: Answerable): Promise<EngineEvent> {
    const { kind, id } = request;
    switch (kind) {
      case 'predict': {
        const { weights, missing } = await this.#weightsOf(request.document, request.at);
        const predictor = await this.#predictorOf(request.document);
        const outputs = await predictor.predict(Float32Array.from(request.input), weights);
        const probabilities = outputs[0]?.said ?? new Float32Array();
        return { kind: 'prediction', id, probabilities, outputs, trained: missing.length === 0 };
      }
      case 'evaluate': {
        const graph = checkedGraph(request.document);
        const data = await this.#dataset(request.document);
        const samples = samplesFor(graph, data);
        const evaluator = await Evaluator.open(graph, this.#options.device);
        const { validation } = splitOf(data, request.document.data);
        const { weights } = await this.#weightsOf(request.document, request.at);
        const result = await evaluator.evaluate(samples, validation, weights);
        await evaluator.release();
        return { kind: 'evaluated', id, result };
      }
      case 'look': {
        const { looker } = this.#networkOf(request.document);
        const { weights, missing } = await this.#weightsOf(request.document, request.at);
        const { data, problem } = await this.#lookedData(request);
        const start = request.start === undefined ? null : await this.#startOf(request.start);
        const result = await looker.look(request, weights, start, data);
        return { kind: 'looked', id, ...result, problem, trained: missing.length === 0 };
      }
      case 'results': {
        const { document } = request;
        const { graph } = this.#networkOf(document);
        const data = await this.#dataset(document);
        const samples = samplesFor(graph, data);
        const { validation: indices } = splitOf(data, document.data);
        const { at } = request;
        const made = await this.#madeAt(this.#weights, at);
        // Kept moments are read anew every time.
        const mark = at === undefined ? this.#weights : `${at.run} ${at.step}`;
        const { weights, missing } = await this.#weightsOf(document, at);
        const results = await this.#results.get({ graph, samples, indices, weights, mark });
        return { kind: 'results', id, result: { ...results, made, trained: missing.length === 0 } };
      }
      case 'samples': {
        const data = await this.#dataset(request.document);
        const all = request.of === 'all';
        const part = all ? null : splitOf(data, request.document.data).validation;
        const indices = Uint32Array.from(request.indices, (index) =>
          part === null ? index : (part[index] ?? data.count),
        );
        return { kind: 'samples', id, total: part?.length ?? data.count, ...givenSamples(data, indices) };
      }
      case 'examine': {
        const { graph } = this.#networkOf(request.document);
        const data = await this.#dataset(request.document);
        const { weights, missing } = await this.#weightsOf(request.document, request.at);
        const fitting = missing.length === 0 ? weights : null;
        const result = await examine({ graph, data, weights: fitting, device: this.#options.device });
        return { kind: 'examined', id, result };
      }
      case 'export': {
        const { document, opset, fold, fileName, ownSamples, at } = request;
        const graph = checkedGraph(document);
        const held = at === undefined ? this.#finiteWeights() : await this.#heldAt(at);
        const { weights, missing: initial } = this.#fittingWeights(document, held);
        const data = await this.#dataset(document).catch(() => null);
        const { dataSha256 } = (at === undefined ? this.#runs.checkpoint() : await this.#kept().moment(at)) ?? {};
        const { device } = this.#options;
        const result = await exportModel({
          graph,
          weights,
          initial,
          data,
          device,
          opset,
          fold,
          fileName,
          dataSha256,
          ownSamples,
        });
        return { kind: 'exported', id, result };
      }
      case 'analyse': {
        const graph = checkedGraph(request.document);
        const result = costOf(graph, request.batch, await trainingTarget(this.#options.device));
        return { kind: 'analysed', id, result };
      }
      case 'getWeights': {
        const held = this.#finiteWeights();
        const weights = held.size === 0 ? new Uint8Array() : writeWeights(held);
        return { kind: 'weights', id, weights };
      }
      case 'setWeights': {
        const weights = request.weights.length === 0 ? new Map() : readWeights(request.weights, 'weights.safetensors');
        await this.#runs.setLast(null);
        this.#weights = weights;
        return { kind: 'weightsSet', id, tensors: weights.size };
      }
      case 'takeWeights': {
        const { weights } = await this.#kept().moment(request.at);
        await this.#runs.setLast(this.#runs.checkpoint());
        this.#weights = withMovedNames(weights, request.moved ?? []);
        return { kind: 'weightsTaken', id };
      }
      case 'moveWeights':
        this.#weights = withMovedNames(this.#weights, request.moves);
        return { kind: 'weightsMoved', id };
      case 'getCheckpoint': {
        const checkpoint = this.#runs.checkpoint();
        return { kind: 'checkpoint', id, entries: checkpoint === null ? {} : writeCheckpoint(checkpoint) };
      }
      case 'setCheckpoint': {
        const checkpoint = readCheckpoint(request.entries);
        await this.#runs.setLast(checkpoint);
        this.#recognise(checkpoint);
        if (checkpoint === null) return { kind: 'checkpointSet', id, run: null };
        const { step, epoch, history } = checkpoint.progress;
        const { epochs } = checkpoint.document.recipe;
        return { kind: 'checkpointSet', id, run: { step, epoch, epochs, history: [...history] } };
      }
      case 'readLast': {
        const checkpoint = this.#runs.checkpoint();
        const isUnderWay = checkpoint !== null && checkpoint.run === this.#runs.inHand.present?.run;
        if (checkpoint === null || isUnderWay) return { kind: 'lastRun', id, last: null };
        const moments = checkpoint.run === null ? [] : ((await this.#library?.moments(checkpoint.run)) ?? []);
        return { kind: 'lastRun', id, last: lastRunOf(checkpoint, this.#weights, moments) };
      }
      case 'readMoment':
        return { kind: 'momentRead', id, ...projectOf(await this.#kept().moment(request.at)) };
      case 'listRuns':
        return { kind: 'runs', id, runs: [...((await this.#library?.list()) ?? [])], ...this.#runs.inHand };
      case 'listMoments': {
        const moments = (await this.#library?.moments(request.run)) ?? [];
        return { kind: 'moments', id, moments: moments.map(({ step, epoch }) => ({ step, epoch })) };
      }
      case 'readRun':
        return { kind: 'runRead', id, ...told(await this.#kept().read(request.run)) };
      case 'changeRun': {
        const { run, name, group } = request;
        const change = { ...(name === undefined ? {} : { name }), ...(group === undefined ? {} : { group }) };
        return { kind: 'runChanged', id, record: await this.#kept().change(run, change) };
      }
      case 'deleteRuns':
        await this.#kept().remove(request.runs);
        return { kind: 'runsDeleted', id };
      case 'providers':
        return { kind: 'providers', id, providers: await probeProviders() };
      default:
        return kind satisfies never;
    }
  }

  /** Weights that were read beside the run and are its own are known as such from now on. */
  #recognise(checkpoint: Checkpoint | null): void {
    const own = [checkpoint?.weights, checkpoint?.bestWeights];
    this.#weights = own.find((weights) => weights != null && sameWeights(weights, this.#weights)) ?? this.#weights;
  }

  /** When in the last run, or in that of the moment, those weights were made; null where they are none of it. */
  async #madeAt(weights: Tensors, at?: RunMoment): Promise<Results['made']> {
    if (at !== undefined) return { ...at, epoch: (await this.#kept().moment(at)).progress.epoch };
    const checkpoint = this.#runs.checkpoint();
    if (checkpoint === null) return null;
    const { run, progress, bestWeights } = checkpoint;
    if (checkpoint.weights === weights) return { run, step: progress.step, epoch: progress.epoch };
    if (bestWeights !== weights || progress.best === null) return null;
    return { run, step: null, epoch: progress.best };
  }

  #kept(): RunLibrary {
    if (this.#library === null) throw notKept();
    return this.#library;
  }

  /** The document's weights: held ones, or those of a kept moment, where they fit; initial ones elsewhere. */
  async #weightsOf(document: NetworkDocument, at?: RunMoment) {
    return this.#fittingWeights(document, await this.#heldAt(at));
  }

  #fittingWeights(document: NetworkDocument, weights: Tensors) {
    const { graph, initial } = this.#networkOf(document);
    return fittingWeights(graph, weights, initial);
  }

  /** The weights to save or export: those held, or the last finite ones where the last step of the run has overflowed. */
  #finiteWeights(): Tensors {
    return this.#runs.beforeOverflow() ?? this.#weights;
  }

  /** The same object as long as they are the same weights. */
  async #heldAt(at?: RunMoment): Promise<Tensors> {
    return at === undefined ? this.#weights : (await this.#kept().moment(at)).weights;
  }

  /** The last network is kept: a pad asks for the same one many times a second. */
  #networkOf(document: NetworkDocument): Network {
    const { seed } = document.recipe;
    const nodes = document.nodes.map(({ position: _, pinned: __, ...node }) => node);
    const key = JSON.stringify([nodes, document.edges, document.blocks, document.recipe, document.data]);
    if (this.#network?.key === key) return this.#network;
    const graph = checkedGraph(document);
    let drawn: Tensors | null = null;
    const initial = () => {
      if (drawn === null) needMemory(weightBytes(graph));
      drawn ??= initialParameters(graph, seed);
      return drawn;
    };
    this.#network?.predictor?.then((old) => old.release()).catch(() => {});
    this.#network?.looker.release().catch(() => {});
    this.#network = { key, graph, initial, predictor: null, looker: new Looker(graph, this.#options.device) };
    return this.#network;
  }

  /** The weights of a moment that others are compared with; it stays while that is asked for. */
  #startOf(moment: RunMoment): Promise<Tensors | null> {
    const key = `${moment.run} ${moment.step}`;
    if (this.#start?.key !== key) {
      const weights = this.#library?.moment(moment).then((checkpoint) => checkpoint.weights) ?? Promise.resolve(null);
      this.#start = { key, weights: weights.catch(() => null) };
    }
    return this.#start.weights;
  }

  /** Weights can be looked at whether or not there are samples for the network. */
  async #lookedData({ document, sample }: Asked<'look'>): Promise<{ data: LookedData | null; problem: Text | null }> {
    if (sample?.kind !== 'validation') return { data: null, problem: null };
    const { looker } = this.#networkOf(document);
    try {
      return { data: looker.dataOf(await this.#dataset(document), document.data), problem: null };
    } catch (error) {
      return { data: null, problem: failureText(error) };
    }
  }

  /** Datasets stay open: they are asked for again with every run, evaluation and export. */
  #dataset({ data: { source, labels, channels } }: NetworkDocument): Promise<Dataset> {
    const key = JSON.stringify([source, labels, channels]);
    const known = this.#datasets.get(key);
    if (known !== undefined) return known;
    const opening = openDataset(source, this.#options.files, { labels, channels });
    this.#datasets.set(key, opening);
    // A path that failed may be mended.
    opening.catch(() => this.#datasets.delete(key));
    return opening;
  }

  #predictorOf(document: NetworkDocument): Promise<Predictor> {
    const network = this.#networkOf(document);
    network.predictor ??= Predictor.open(network.graph, this.#options.device);
    return network.predictor;
  }
}

const idOf = (message: unknown): number => {
  const id = (message as { id?: unknown } | null)?.id;
  return typeof id === 'number' && Number.isInteger(id) && id >= 0 ? id : 0;
};

/** As the window is told of it. */
function told({ record, document, last, moments }: KeptRun) {
  const { progress, changes, curves } = last ?? { progress: { history: [] }, changes: [], curves: noCurves };
  return {
    record,
    document,
    history: [...progress.history],
    changes: [...changes],
    curves,
    moments: moments.map(({ step, epoch }) => ({ step, epoch })),
  };
}

const noCurves = new Curves().toArrays();

const notKept = (): UserError =>
  new UserError({
    en: 'Runs are not kept here. Open the network in the app.',
    zh: '此处不保留训练记录。请在应用中打开网络。',
  });

const malformed = (reason: string): Text =>
  new UserError({
    en: `The engine was sent a message that it does not understand: ${reason}`,
    zh: `引擎收到了无法理解的消息：${reason}`,
  }).text;
