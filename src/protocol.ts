import { z } from 'zod';
import { examination } from './doctor/examination.ts';
import { repairTrials, trialStart } from './doctor/repairTrials.ts';
import { documentSchema } from './graph/document.ts';
import { curveColumns } from './runs/curves.ts';
import { measured } from './runs/measured.ts';
import { epochRecord, runChange, runId, runMoment, runRecord, varied } from './runs/record.ts';

/**
 * Every message to and from the engine. Engine and window (or command line) speak over one port; either side validates
 * what it receives with `readRequest` or `readEvent` and answers a malformed message with an error, never by guessing.
 * What window and main process say to each other is in src/desktopCalls.ts.
 *
 * In the app the engine has two clients that share its weights. The main process speaks over the engine's parent port; a
 * message there that carries a port brings the window's (a new one replaces the old). Answers go back to who asked.
 */

const text = z.object({ en: z.string(), zh: z.string() });

/** Files of a project by their place in it: `runs/last/run.json`, … */
const entries = z.record(z.string(), z.instanceof(Uint8Array));

const requestId = z.int().nonnegative();

/** Renamings one after the other (src/graph/weightMoves.ts). */
export const weightMoves = z
  .array(z.array(z.object({ from: z.string().min(1), to: z.string().min(1) })).readonly())
  .readonly();

/** With the weights of that kept moment; absent: with those that the engine holds. */
const at = runMoment.optional();

/**
 * Looks inside: weights of layers, and what they make of a sample. `nodes`: paths of layers or blocks
 * (`stage2/block1/conv1`). Large answers are cut: what is there and what is shown is said of each.
 */
const lookRequest = z.object({
  kind: z.literal('look'),
  id: requestId,
  document: documentSchema,
  nodes: z.array(z.string().min(1)).max(256).readonly(),
  /** With statistics of the weights, and those that can be seen as pictures. */
  weights: z.boolean(),
  /** Maps of a layer at most, and cells along a side of one; larger maps are averaged. */
  maps: z.int().positive(),
  side: z.int().positive(),
  /** A validation sample by its place among them (any whole number: they come round), an own input, or none. */
  sample: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('validation'), index: z.int() }),
      z.object({ kind: z.literal('own'), input: z.instanceof(Float32Array) }),
    ])
    .nullable(),
  at,
  /** What weights are compared with, where that moment is still kept. */
  start: runMoment.optional(),
});
export type LookRequest = z.infer<typeof lookRequest>;

/** As many samples are given out in one answer. */
export const MOST_SAMPLES = 500;

/** What a client asks of the engine. The engine keeps the weights of its window's network between requests. */
const engineRequest = z.discriminatedUnion('kind', [
  /**
   * Trains as the document's recipe says and becomes the current run. `weights`: `fresh` draws initial weights from the
   * recipe's seed for all layers but the frozen ones, which keep what is held; `redrawn` draws those, too; `current` starts
   * from what is held; `resume` goes on with the engine's last run, bit for bit. Held are the weights of the engine, or
   * those of the kept moment `held`. `moved`: what layers of the document are called otherwise by now, in the network that
   * the engine's weights belong to. `paused` starts before the first step, for stepping; `stopAfter` stops when the run has done that many steps in all;
   * `reportNorm` reports the norm of the gradients with every step. `from` goes on from that kept moment: under the same
   * id in place, under another as a branch. `queued` waits until the runs before it have ended; without it the present
   * run is stopped, or goes on afterwards if it is one aside. `device`: the provider to train on, else the engine's own. `name`, `group` and `varied` are for the
   * runs table; `keep`: all moments, or the last alone. `aside`: the engine does not take over the weights.
   */
  z.object({
    kind: z.literal('train'),
    run: runId,
    document: documentSchema,
    weights: z.enum(['fresh', 'redrawn', 'current', 'resume']),
    held: runMoment.optional(),
    moved: weightMoves.optional(),
    from: runMoment.optional(),
    queued: z.boolean().optional(),
    name: z.string().min(1).optional(),
    group: z.string().nullable().optional(),
    varied: varied.optional(),
    keep: z.enum(['moments', 'ends']).optional(),
    aside: z.boolean().optional(),
    device: z.enum(['cpu', 'cuda', 'dml', 'webgpu', 'coreml']).optional(),
    paused: z.boolean(),
    stopAfter: z.int().nonnegative().optional(),
    reportNorm: z.boolean().optional(),
  }),
  /**
   * `step` does one training step and pauses, `epoch` goes on to the end of the epoch; `stop` ends the run and keeps its
   * weights, or takes it out of the queue.
   */
  z.object({
    kind: z.literal('control'),
    run: runId,
    action: z.enum(['pause', 'resume', 'step', 'epoch', 'stop']),
  }),
  /** Changes a run under way, from its next step on. */
  z.object({
    kind: z.literal('change'),
    run: runId,
    learningRate: z.number().positive().optional(),
    batchSize: z.int().positive().optional(),
    epochs: z.int().positive().optional(),
  }),
  /** What is kept of all runs, and of one. */
  z.object({ kind: z.literal('listRuns'), id: requestId }),
  z.object({ kind: z.literal('readRun'), id: requestId, run: runId }),
  /** The engine's last run, as a window shows it; null without one, and while it is under way. */
  z.object({ kind: z.literal('readLast'), id: requestId }),
  /** A kept moment as a project: its network, weights and run. */
  z.object({ kind: z.literal('readMoment'), id: requestId, at: runMoment }),
  /** Of one run only what time can be taken back to; none where it is not kept. */
  z.object({ kind: z.literal('listMoments'), id: requestId, run: runId }),
  z.object({
    kind: z.literal('changeRun'),
    id: requestId,
    run: runId,
    name: z.string().min(1).optional(),
    group: z.string().nullable().optional(),
  }),
  /** A run under way is refused, and then none is deleted. */
  z.object({ kind: z.literal('deleteRuns'), id: requestId, runs: z.array(runId) }),
  /** What every output says of one or more samples, `[C, H, W]` flattened and one behind the other. */
  z.object({
    kind: z.literal('predict'),
    id: requestId,
    document: documentSchema,
    input: z.instanceof(Float32Array),
    at,
  }),
  /**
   * The inference model as ONNX, with proof. `fold`: batch normalisation becomes part of the layers before it. `fileName`:
   * what the file will be called. `ownSamples`: its test vector may hold samples of the user's own data.
   */
  z.object({
    kind: z.literal('export'),
    id: requestId,
    document: documentSchema,
    opset: z.int().optional(),
    fold: z.boolean().optional(),
    ownSamples: z.boolean().optional(),
    fileName: z.string().optional(),
    at,
  }),
  /** Loss, accuracy and confusion matrix over the validation split. */
  z.object({ kind: z.literal('evaluate'), id: requestId, document: documentSchema, at }),
  /** The same, and every answer on its own. */
  z.object({ kind: z.literal('results'), id: requestId, document: documentSchema, at }),
  /** Samples as the data has them. `indices` count in all the data, or in what is held back of it. */
  z.object({
    kind: z.literal('samples'),
    id: requestId,
    document: documentSchema,
    of: z.enum(['all', 'validation']),
    indices: z.instanceof(Uint32Array).refine(({ length }) => length <= MOST_SAMPLES, 'too many samples at once'),
  }),
  /** What the training doctor wants to know of data and weights (src/doctor); nothing is trained. */
  z.object({ kind: z.literal('examine'), id: requestId, document: documentSchema, at }),
  /**
   * Trains each document for a few steps on the run's own data and evaluates it, beside a run without touching it. The
   * weights that the engine holds stay what they are. A later request of this kind or a run that starts ends it.
   */
  z.object({
    kind: z.literal('tryRepairs'),
    id: requestId,
    trials: z
      .array(z.object({ document: documentSchema, from: trialStart }))
      .min(1)
      .max(16)
      .readonly(),
  }),
  /** What training steps and predictions of that batch size take, by the programs that would run; nothing is trained. */
  z.object({ kind: z.literal('analyse'), id: requestId, document: documentSchema, batch: z.int().positive() }),
  /** The weights as safetensors; empty bytes when nothing was trained or loaded. */
  z.object({ kind: z.literal('getWeights'), id: requestId }),
  /** Replaces the weights and forgets the run; empty bytes forget both. */
  z.object({ kind: z.literal('setWeights'), id: requestId, weights: z.instanceof(Uint8Array) }),
  /** Layers are called otherwise from now on, and the weights of the network with them, a run's too. */
  z.object({
    kind: z.literal('moveWeights'),
    id: requestId,
    moves: weightMoves,
  }),
  /** The last run between two steps, as files of a project; none when there was no run. */
  z.object({ kind: z.literal('getCheckpoint'), id: requestId }),
  /** Makes the run in these files of a project the engine's last one, for `resume`; its weights stay what they are. */
  z.object({ kind: z.literal('setCheckpoint'), id: requestId, entries }),
  z.object({ kind: z.literal('providers'), id: requestId }),
  lookRequest,
  /**
   * The weights of that kept moment become those of the network; a run under way is stopped, and can go on. `moved`: what
   * layers are called otherwise by now.
   */
  z.object({ kind: z.literal('takeWeights'), id: requestId, at: runMoment, moved: weightMoves.optional() }),
]);
export type EngineRequest = z.infer<typeof engineRequest>;

const provider = z.object({
  provider: z.string(),
  usable: z.boolean(),
  /** Why not, when it is not usable. */
  reason: text.nullable(),
  device: z.string().nullable(),
});
export type ProviderReport = z.infer<typeof provider>;

const scores = z.object({ precision: measured, recall: measured, f1: measured });

/** How good one output of the network is; what makes no sense for its kind of answers is null or empty. */
const outputEvaluation = z.object({
  /** The node's name. */
  name: z.string(),
  answers: z.enum(['class', 'binary', 'numbers']),
  accuracy: measured.nullable(),
  /** Rows are true classes, columns predicted ones; counts. Of yes and no: no is class 0, yes class 1. */
  confusion: z.array(z.array(z.int())),
  /** By class; `support` is the number of samples that truly are of it. */
  classes: z.array(scores.extend({ support: z.int() })),
  /** Means over the classes: of all alike, and each as often as it occurs. */
  macro: scores.nullable(),
  weighted: scores.nullable(),
  /** The share of samples whose true class is among the `k` with the highest scores. */
  topK: z.array(z.object({ k: z.int(), accuracy: measured })),
  /** Mean squared and absolute error, and the share of the answers' variance that is explained. */
  regression: z.object({ mse: measured, mae: measured, r2: measured }).nullable(),
});
export type OutputEvaluation = z.infer<typeof outputEvaluation>;

/** All that can be said of the first output, and every output on its own. */
const evaluation = outputEvaluation.omit({ name: true, answers: true }).extend({
  loss: measured,
  outputs: z.array(outputEvaluation),
});
export type Evaluation = z.infer<typeof evaluation>;

const floats = z.instanceof(Float32Array);

/** Every answer of an output (src/metrics/answerLog.ts), and whether its probabilities come true. */
const outputResults = outputEvaluation.extend({
  width: z.int().positive(),
  predicted: floats,
  truth: floats,
  probability: floats,
  trueProbability: floats,
  loss: floats,
  /** Null where the answers are numbers. */
  calibration: z
    .object({
      bins: z.array(z.object({ count: z.int(), confidence: measured, accuracy: measured })),
      ece: measured,
      gap: measured,
    })
    .nullable(),
});
export type OutputResults = z.infer<typeof outputResults>;

const results = z.object({
  loss: measured,
  outputs: z.array(outputResults),
  /** The samples, in the order of the answers. */
  indices: z.instanceof(Uint32Array),
  /** Every layer has weights that were trained or loaded. */
  trained: z.boolean(),
  /** When in which run the weights were made; null where that is not known. */
  made: z.object({ run: z.string().nullable(), step: z.int().nullable(), epoch: z.int() }).nullable(),
  /** Milliseconds that it took. */
  took: measured,
});
export type Results = z.infer<typeof results>;

/** One kind of numbers of some samples, [count, ...shape]; bytes are pixels. */
const sampleField = z.object({
  name: z.string(),
  kind: z.enum(['bytes', 'numbers', 'classes']),
  shape: z.array(z.int()),
  /** Of classes: how many there are. */
  classes: z.int().nullable(),
  data: z.union([z.instanceof(Uint8Array), floats]),
});
export type SampleField = z.infer<typeof sampleField>;

export const exported = z.object({
  model: z.instanceof(Uint8Array),
  /** A file that has to lie beside the model, where that would be too large: its parts, one behind the other. */
  external: z.object({ name: z.string(), parts: z.array(z.instanceof(Uint8Array)) }).nullable(),
  opset: z.int(),
  /** How many nodes of each op. */
  ops: z.record(z.string(), z.int()),
  /**
   * Largest difference between the model in a fresh session and the trainer's own evaluation, and the largest number
   * that it gives, at these batch sizes.
   */
  proof: z.object({ maxError: measured, largest: measured, batches: z.array(z.int().positive()) }),
  /** Parameters and buffers that hold initial values, since nothing was trained or loaded for them. */
  initial: z.array(z.string()),
  /** True when all of them do: the model is untrained. */
  untrained: z.boolean(),
});
export type Exported = z.infer<typeof exported>;

const byteCount = z.number().nonnegative();
const footprint = z.object({
  parameters: byteCount,
  state: byteCount,
  data: byteCount,
  constants: byteCount,
  live: byteCount,
  peak: byteCount,
  peakAt: z.string().nullable(),
});

/** Bytes at the fullest moment of a training step and of a prediction, and the work of the step (src/compile/footprint.ts). */
const cost = z.object({
  batch: z.int(),
  training: footprint,
  inference: footprint,
  ops: z.int(),
  movedBytes: byteCount,
});
export type AnalysedCost = z.infer<typeof cost>;

/** Of many numbers (src/look/statistics.ts). */
const statistics = z.object({
  count: z.int(),
  every: z.int(),
  min: measured,
  max: measured,
  mean: measured,
  std: measured,
  zeros: measured,
  broken: z.int(),
  histogram: z.instanceof(Int32Array),
});

const lookedLayer = z.object({
  path: z.string(),
  /** What the layer, or the block, makes of the sample (src/look/maps.ts); null without one. */
  maps: z
    .object({
      shape: z.array(z.int()).readonly(),
      count: z.int(),
      shown: z.int(),
      height: z.int(),
      width: z.int(),
      data: z.instanceof(Float32Array),
      min: measured,
      max: measured,
      silent: z.instanceof(Uint8Array),
    })
    .nullable(),
  /** Its parameters and buffers; a block has none of its own. */
  weights: z.array(
    z.object({
      param: z.string(),
      shape: z.array(z.int()),
      /** False for what is kept but not trained: running means. */
      trained: z.boolean(),
      now: statistics,
      start: statistics.nullable(),
      /** The length of the way from the start, as a share of the length of the start. */
      moved: measured.nullable(),
      /** The weights as pictures, [count, channels, height, width], the first `shown` of them. */
      pictures: z
        .object({ shape: z.array(z.int()).readonly(), data: z.instanceof(Float32Array), shown: z.int() })
        .nullable(),
    }),
  ),
});
export type LookedLayer = z.infer<typeof lookedLayer>;
export type LookedWeight = LookedLayer['weights'][number];
export type LookedMaps = NonNullable<LookedLayer['maps']>;

const lookedSample = z.object({
  /** Its place among the validation samples; null for an own input. */
  index: z.int().nullable(),
  count: z.int(),
  inputs: z.array(z.object({ name: z.string(), shape: z.array(z.int()), data: z.instanceof(Float32Array) })),
  /** Its true class, where it has one. */
  label: z.int().nullable(),
  /** What the network says of it, where it tells classes apart. */
  probabilities: z.instanceof(Float32Array).nullable(),
});
export type LookedSample = z.infer<typeof lookedSample>;

export const runState = z.enum(['queued', 'preparing', 'running', 'paused', 'stopped', 'done', 'failed']);
export type RunState = z.infer<typeof runState>;

/** Kept moments, oldest first. */
const moments = z.array(z.object({ step: z.int(), epoch: z.int() }));

/** A run that is under way or waits. `aside`: its weights are not those of the open network. */
const runInHand = z.object({ run: runId, aside: z.boolean() });

/** A run as it is kept; `document` as it began, with the recipe that is in force. */
const keptRun = {
  record: runRecord,
  document: documentSchema,
  history: z.array(epochRecord),
  changes: z.array(runChange),
  curves: z.object({
    stride: z.int(),
    collected: z.int(),
    open: z.record(z.enum(curveColumns), measured),
    points: z.record(z.enum(curveColumns), z.instanceof(Float32Array<ArrayBuffer>)),
  }),
  moments,
};

/** What the engine tells its client. */
const engineEvent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('run'),
    run: z.string(),
    state: runState,
    /** Steps done so far and in all, epochs done so far and in all. */
    step: z.int(),
    steps: z.int(),
    epoch: z.int(),
    epochs: z.int(),
    /** Why it failed, was done early, or waits without being asked to. */
    message: text.nullable(),
    /** When done: the epoch whose weights were kept; null for the last. */
    kept: z.int().nullable(),
  }),
  /**
   * The steps since the last message of this kind, at most 30 messages a second: step numbers (from 1), batch loss,
   * batch accuracy (NaN where the network predicts numbers), learning rate, norm of all gradients before clipping (NaN
   * where the run does not report it); and samples a second over these steps.
   */
  z.object({
    kind: z.literal('progress'),
    run: z.string(),
    step: z.instanceof(Int32Array),
    loss: z.instanceof(Float32Array),
    accuracy: z.instanceof(Float32Array),
    learningRate: z.instanceof(Float32Array),
    gradientNorm: z.instanceof(Float32Array),
    samplesPerSecond: measured,
  }),
  epochRecord.extend({ kind: z.literal('epoch'), run: z.string(), step: z.int() }),
  /** What was changed while the run went on. */
  z.object({ kind: z.literal('changed'), run: z.string(), change: runChange }),
  z.object({
    kind: z.literal('prediction'),
    id: requestId,
    /** Of the first output. */
    probabilities: z.instanceof(Float32Array),
    /** Sample by sample: probabilities of the classes, that of yes, or numbers. */
    outputs: z.array(
      z.object({ name: z.string(), answers: z.enum(['class', 'binary', 'numbers']), said: z.instanceof(Float32Array) }),
    ),
    /** False when the weights are still the untrained initial ones. */
    trained: z.boolean(),
  }),
  z.object({ kind: z.literal('exported'), id: requestId, result: exported }),
  z.object({ kind: z.literal('evaluated'), id: requestId, result: evaluation }),
  z.object({ kind: z.literal('results'), id: requestId, result: results }),
  z.object({
    kind: z.literal('samples'),
    id: requestId,
    /** In all the data. */
    indices: z.instanceof(Uint32Array),
    /** How many there are of what was asked for. */
    total: z.int(),
    inputs: z.array(sampleField),
    targets: z.array(sampleField),
  }),
  z.object({ kind: z.literal('examined'), id: requestId, result: examination }),
  z.object({ kind: z.literal('repairsTried'), id: requestId, result: repairTrials }),
  z.object({ kind: z.literal('analysed'), id: requestId, result: cost }),
  z.object({ kind: z.literal('weights'), id: requestId, weights: z.instanceof(Uint8Array) }),
  z.object({ kind: z.literal('weightsSet'), id: requestId, tensors: z.int() }),
  z.object({ kind: z.literal('weightsMoved'), id: requestId }),
  z.object({ kind: z.literal('checkpoint'), id: requestId, entries }),
  /** What the engine's last run had done, null when the files hold none. */
  z.object({
    kind: z.literal('checkpointSet'),
    id: requestId,
    run: z.object({ step: z.int(), epoch: z.int(), epochs: z.int(), history: z.array(epochRecord) }).nullable(),
  }),
  /** What is kept of a run has changed; null: it was deleted. */
  z.object({ kind: z.literal('library'), run: runId, record: runRecord.nullable() }),
  /** `present` and `waiting`, first come first: the runs that this engine has under way. */
  z.object({
    kind: z.literal('runs'),
    id: requestId,
    runs: z.array(runRecord),
    present: runInHand.nullable(),
    waiting: z.array(runInHand),
  }),
  z.object({ kind: z.literal('runRead'), id: requestId, ...keptRun }),
  z.object({ kind: z.literal('moments'), id: requestId, moments }),
  z.object({
    kind: z.literal('lastRun'),
    id: requestId,
    last: z
      .object({
        /** Null where that is not known: an older version has saved it. */
        run: z.string().nullable(),
        document: documentSchema,
        state: z.enum(['done', 'stopped']),
        step: z.int(),
        steps: z.int(),
        epoch: z.int(),
        /** The epoch whose weights the network has; null for the last, or for others. */
        keptEpoch: z.int().nullable(),
        /** The network has other weights than those that the run left: those of an earlier checkpoint were taken. */
        hasOthers: z.boolean(),
        history: keptRun.history,
        changes: keptRun.changes,
        curves: keptRun.curves,
        moments,
      })
      .nullable(),
  }),
  z.object({
    kind: z.literal('momentRead'),
    id: requestId,
    document: documentSchema,
    weights: z.instanceof(Uint8Array),
    entries,
  }),
  z.object({ kind: z.literal('runChanged'), id: requestId, record: runRecord }),
  z.object({ kind: z.literal('runsDeleted'), id: requestId }),
  z.object({ kind: z.literal('providers'), id: requestId, providers: z.array(provider) }),
  z.object({ kind: z.literal('weightsTaken'), id: requestId }),
  z.object({
    kind: z.literal('looked'),
    id: requestId,
    layers: z.array(lookedLayer),
    /** Null where none was asked for, or the data gives none: `problem` says why. */
    sample: lookedSample.nullable(),
    problem: text.nullable(),
    /** False when the weights are still the untrained initial ones. */
    trained: z.boolean(),
  }),
  /** A request could not be carried out: what happened and how to mend it. */
  z.object({ kind: z.literal('error'), id: requestId, message: text }),
]);
export type EngineEvent = z.infer<typeof engineEvent>;

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

function read<T>(schema: z.ZodType<T>, message: unknown): Parsed<T> {
  const result = schema.safeParse(message);
  return result.success ? { ok: true, value: result.data } : { ok: false, reason: z.prettifyError(result.error) };
}

export const readRequest = (message: unknown): Parsed<EngineRequest> => read(engineRequest, message);
export const readEvent = (message: unknown): Parsed<EngineEvent> => read(engineEvent, message);
