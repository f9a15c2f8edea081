import { z } from 'zod';
import { sharedBlockSchema } from './graph/blockFile.ts';
import { documentSchema } from './graph/document.ts';

/**
 * Every message between the processes. Engine and window (or command line) speak over one port; either side validates
 * what it receives with `readRequest` or `readEvent` and answers a malformed message with an error, never by guessing.
 *
 * In the app the engine has two clients that share its weights. The main process speaks over the engine's parent port; a
 * message there that carries a port brings the window's (a new one replaces the old). Answers go back to who asked.
 */

const text = z.object({ en: z.string(), zh: z.string() });
const finite = z.number();

const metrics = z.object({ loss: finite, accuracy: finite.nullable() });
/**
 * Means over the samples: `loss` in nats, `accuracy` in [0, 1]; null where the network predicts numbers. With several
 * outputs the loss is the sum of theirs and the accuracy that of the first that has one.
 */
export type Metrics = z.infer<typeof metrics>;

/** One epoch of a run. `train`: means over its batches while training; `validation`: after it, in prediction mode. */
export const epochRecord = z.object({ epoch: z.int(), train: metrics, validation: metrics, seconds: finite });
export type EpochRecord = z.infer<typeof epochRecord>;

/** Files of a project by their place in it: `runs/last/run.json`, … */
const entries = z.record(z.string(), z.instanceof(Uint8Array));

const requestId = z.int().nonnegative();

/** What a client asks of the engine. The engine keeps the weights of its window's network between requests. */
const engineRequest = z.discriminatedUnion('kind', [
  /**
   * Trains as the document's recipe says and becomes the current run. `weights`: `fresh` draws initial weights from the
   * recipe's seed, `current` starts from what the engine holds, `resume` goes on with the engine's last run, bit for bit.
   * `paused` starts before the first step, for stepping; `stopAfter` stops when the run has done that many steps in all;
   * `reportNorm` reports the norm of the gradients with every step.
   */
  z.object({
    kind: z.literal('train'),
    run: z.string().min(1),
    document: documentSchema,
    weights: z.enum(['fresh', 'current', 'resume']),
    paused: z.boolean(),
    stopAfter: z.int().positive().optional(),
    reportNorm: z.boolean().optional(),
  }),
  /** `step` does one training step and pauses; `stop` ends the run and keeps its weights. */
  z.object({ kind: z.literal('control'), run: z.string().min(1), action: z.enum(['pause', 'resume', 'step', 'stop']) }),
  /** Probabilities for one sample, `[C, H, W]` flattened, with the weights that the engine holds. */
  z.object({ kind: z.literal('predict'), id: requestId, document: documentSchema, input: z.instanceof(Float32Array) }),
  /**
   * The inference model as ONNX, with proof. `fold`: batch normalisation becomes part of the layers before it. `fileName`:
   * what the file will be called.
   */
  z.object({
    kind: z.literal('export'),
    id: requestId,
    document: documentSchema,
    opset: z.int().optional(),
    fold: z.boolean().optional(),
    fileName: z.string().optional(),
  }),
  /** Loss, accuracy and confusion matrix over the validation split. */
  z.object({ kind: z.literal('evaluate'), id: requestId, document: documentSchema }),
  /** What training steps and predictions of that batch size take, by the programs that would run; nothing is trained. */
  z.object({ kind: z.literal('analyse'), id: requestId, document: documentSchema, batch: z.int().positive() }),
  /** The weights as safetensors; empty bytes when nothing was trained or loaded. */
  z.object({ kind: z.literal('getWeights'), id: requestId }),
  /** Replaces the weights and forgets the run; empty bytes forget both. */
  z.object({ kind: z.literal('setWeights'), id: requestId, weights: z.instanceof(Uint8Array) }),
  /**
   * Layers are called otherwise from now on, and the weights of the network with them, a run's too: moves one after the
   * other (src/graph/weightMoves.ts).
   */
  z.object({
    kind: z.literal('moveWeights'),
    id: requestId,
    moves: z.array(z.array(z.object({ from: z.string().min(1), to: z.string().min(1) })).readonly()).readonly(),
  }),
  /** The last run between two steps, as files of a project; none when there was no run. */
  z.object({ kind: z.literal('getCheckpoint'), id: requestId }),
  /** Makes the run in these files of a project the engine's last one, for `resume`; its weights stay what they are. */
  z.object({ kind: z.literal('setCheckpoint'), id: requestId, entries }),
  z.object({ kind: z.literal('providers'), id: requestId }),
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

const scores = z.object({ precision: finite, recall: finite, f1: finite });

/** How good one output of the network is; what makes no sense for its kind of answers is null or empty. */
const outputEvaluation = z.object({
  /** The node's name. */
  name: z.string(),
  answers: z.enum(['class', 'binary', 'numbers']),
  accuracy: finite.nullable(),
  /** Rows are true classes, columns predicted ones; counts. Of yes and no: no is class 0, yes class 1. */
  confusion: z.array(z.array(z.int())),
  /** By class; `support` is the number of samples that truly are of it. */
  classes: z.array(scores.extend({ support: z.int() })),
  /** Means over the classes: of all alike, and each as often as it occurs. */
  macro: scores.nullable(),
  weighted: scores.nullable(),
  /** The share of samples whose true class is among the `k` with the highest scores. */
  topK: z.array(z.object({ k: z.int(), accuracy: finite })),
  /** Mean squared and absolute error, and the share of the answers' variance that is explained. */
  regression: z.object({ mse: finite, mae: finite, r2: finite }).nullable(),
});
export type OutputEvaluation = z.infer<typeof outputEvaluation>;

/** All that can be said of the first output, and every output on its own. */
const evaluation = outputEvaluation.omit({ name: true, answers: true }).extend({
  loss: finite,
  outputs: z.array(outputEvaluation),
});
export type Evaluation = z.infer<typeof evaluation>;

const exported = z.object({
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
  proof: z.object({ maxError: finite, largest: finite, batches: z.array(z.int().positive()) }),
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

export const runState = z.enum(['preparing', 'running', 'paused', 'stopped', 'done', 'failed']);
export type RunState = z.infer<typeof runState>;

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
    /** Why it failed, or was done early. */
    message: text.nullable(),
    /** When done: the epoch whose weights were kept; null for the last. */
    kept: z.int().nullable(),
  }),
  /**
   * The steps since the last message of this kind, at most 30 messages a second: step numbers (from 1), batch loss,
   * batch accuracy (NaN where the network predicts numbers); and samples a second over these steps.
   */
  z.object({
    kind: z.literal('progress'),
    run: z.string(),
    step: z.instanceof(Int32Array),
    loss: z.instanceof(Float32Array),
    accuracy: z.instanceof(Float32Array),
    /** Norm of all gradients before clipping, where the run reports it. */
    gradientNorm: z.instanceof(Float32Array).optional(),
    samplesPerSecond: finite,
  }),
  epochRecord.extend({ kind: z.literal('epoch'), run: z.string(), step: z.int() }),
  z.object({
    kind: z.literal('prediction'),
    id: requestId,
    probabilities: z.instanceof(Float32Array),
    /** False when the weights are still the untrained initial ones. */
    trained: z.boolean(),
  }),
  z.object({ kind: z.literal('exported'), id: requestId, result: exported }),
  z.object({ kind: z.literal('evaluated'), id: requestId, result: evaluation }),
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
  z.object({ kind: z.literal('providers'), id: requestId, providers: z.array(provider) }),
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

/** What the main process has read for the window; the window never names paths itself. */
const openedFile = z.object({
  /** The file that saving writes to; null for a copy without one, and for what never had one. */
  path: z.string().nullable(),
  document: documentSchema,
  hasWeights: z.boolean(),
  /** What the file holds and this version could not read; such a file is opened as a copy. */
  remarks: z.array(text),
  /** Of the file that was read. */
  name: z.string(),
  /** Recovered changes that no file has: of the drawing, and of the weights. */
  unsaved: z.object({ document: z.boolean(), weights: z.boolean() }),
});
export type OpenedFile = z.infer<typeof openedFile>;

const opened = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), file: openedFile.nullable() }),
  z.object({ ok: z.literal(false), message: text }),
]);

const openDialog = z.object({ kind: z.literal('dialog') });
const openRecent = z.object({ kind: z.literal('recent'), id: z.string() });

/** Where a network comes from, as the window may name it. `handed`: a file that main has for the window. */
const openSource = z.discriminatedUnion('kind', [
  openDialog,
  z.object({ kind: z.literal('handed') }),
  openRecent,
  z.object({ kind: z.literal('lost'), id: z.string() }),
]);
export type OpenSource = z.infer<typeof openSource>;

/** A picture of a network as SVG, for light and dark surroundings. */
const thumbnail = z.object({ light: z.string(), dark: z.string() });
export type Thumbnail = z.infer<typeof thumbnail>;

/** A file that was open not long ago. Times are milliseconds since 1970. */
const recentFile = z.object({
  id: z.string(),
  name: z.string(),
  folder: z.string(),
  at: z.number(),
  missing: z.boolean(),
  thumbnail: thumbnail.nullable(),
});
export type RecentFile = z.infer<typeof recentFile>;

/** A network with changes that were not saved when the app ended. */
const lostNetwork = z.object({
  id: z.string(),
  name: z.string(),
  /** Of the file that it was opened from or saved to. */
  folder: z.string().nullable(),
  at: z.number(),
  thumbnail: thumbnail.nullable(),
});
export type LostNetwork = z.infer<typeof lostNetwork>;

/** What main does by itself when it is chosen from the menu. */
const menuRole = z.enum(['quit', 'zoomIn', 'zoomOut', 'resetZoom', 'togglefullscreen']);

/** The window's menu, in its language and with its keys: the window knows both, main draws it. */
const menuItem = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('command'),
    id: z.string(),
    label: z.string(),
    /** As Electron writes it; shown only, the window listens to the keys itself. */
    accelerator: z.string().nullable(),
    enabled: z.boolean(),
  }),
  z.object({ kind: z.literal('role'), role: menuRole, label: z.string() }),
  z.object({ kind: z.literal('line') }),
  /** A submenu of the files that were open not long ago: main knows them. */
  z.object({ kind: z.literal('recent'), label: z.string() }),
  z.object({
    kind: z.literal('submenu'),
    label: z.string(),
    get items(): z.ZodArray<typeof menuItem> {
      return z.array(menuItem);
    },
  }),
]);
export type MenuItem = z.infer<typeof menuItem>;
export type MenuRole = z.infer<typeof menuRole>;

const done = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), message: text }),
]);

/** The user's own blocks, by title, and the files of blocks that could not be read. */
const libraryState = z.object({
  blocks: z.array(z.object({ id: z.string(), block: sharedBlockSchema })),
  damaged: z.array(z.object({ file: z.string(), reason: text })),
});
export type LibraryState = z.infer<typeof libraryState>;

/** It becomes part of a file's name. */
const libraryId = z.string().regex(/^[\w-]{1,64}$/);

/** Calls from the window to the main process: the arguments and the result of each. */
export const desktopCalls = {
  /** Opens a file in this window. Null when the user cancels, when nothing was handed, or when another window has it. */
  open: { args: z.tuple([openSource]), result: opened },
  /** Reads a network beside the one that is open, which stays. Null when the user cancels, or when the file is gone. */
  readNetwork: {
    args: z.tuple([z.discriminatedUnion('kind', [openDialog, openRecent])]),
    result: z.discriminatedUnion('ok', [
      z.object({
        ok: z.literal(true),
        file: openedFile.pick({ name: true, document: true, remarks: true }).nullable(),
      }),
      z.object({ ok: z.literal(false), message: text }),
    ]),
  },
  /** Opens dropped files, the first in this window. The page hands over files; the preload script makes paths of them. */
  openDropped: { args: z.tuple([z.array(z.string())]), result: opened },
  /** Opens another window, with what is named in it. */
  newWindow: { args: z.tuple([openSource.nullable()]), result: z.object({ ok: z.literal(true) }) },
  /** What the start page offers. */
  startPage: {
    args: z.tuple([]),
    result: z.object({ recent: z.array(recentFile), lost: z.array(lostNetwork) }),
  },
  /** Takes a file off the recent ones; null takes all. */
  forgetRecent: { args: z.tuple([z.string().nullable()]), result: z.object({ ok: z.literal(true) }) },
  /** Gives up what was lost. */
  discardLost: { args: z.tuple([z.string()]), result: z.object({ ok: z.literal(true) }) },
  /**
   * Keeps unsaved work where the next start finds it after a crash; null: there is none. `weights` keeps those of the
   * engine, too: without, they stay as they were last kept or as the file has them.
   */
  keep: {
    args: z.tuple([z.object({ document: documentSchema, weights: z.boolean() }).nullable()]),
    result: z.object({ ok: z.literal(true) }),
  },
  /**
   * Saves to the file last opened or saved (`as`: asks for one); null when the user cancels. `name`: what the document is
   * called from now on.
   */
  save: {
    args: z.tuple([documentSchema, z.object({ as: z.boolean() })]),
    result: z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), saved: z.object({ path: z.string(), name: z.string() }).nullable() }),
      z.object({ ok: z.literal(false), message: text }),
    ]),
  },
  /** Asks where to, and writes the inference model; null when the user cancels. */
  exportOnnx: {
    args: z.tuple([documentSchema]),
    result: z.discriminatedUnion('ok', [
      z.object({
        ok: z.literal(true),
        written: exported.omit({ model: true, external: true }).extend({ path: z.string(), bytes: z.int() }).nullable(),
      }),
      z.object({ ok: z.literal(false), message: text }),
    ]),
  },
  /**
   * Asks where to and writes those bytes; null when the user cancels. A name without one of the filters' extensions gets
   * the first.
   */
  saveFile: {
    args: z.tuple([
      z.object({
        suggestedName: z.string().min(1),
        filters: z.array(z.object({ name: z.string(), extensions: z.array(z.string().regex(/^\w+$/)).min(1) })).min(1),
        bytes: z.instanceof(Uint8Array),
      }),
    ]),
    result: z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), path: z.string().nullable() }),
      z.object({ ok: z.literal(false), message: text }),
    ]),
  },
  readLibrary: { args: z.tuple([]), result: libraryState },
  /** Keeps a block in the library, under a new id or in the place of what has it. */
  saveBlock: { args: z.tuple([libraryId, sharedBlockSchema]), result: done },
  removeBlock: { args: z.tuple([libraryId]), result: done },
  /** Asks for a file of a block and reads it; null when the user cancels. */
  importBlock: {
    args: z.tuple([]),
    result: z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), block: sharedBlockSchema.nullable() }),
      z.object({ ok: z.literal(false), message: text }),
    ]),
  },
  /** Forgets the file and the engine's weights: the window starts on another network. */
  reset: { args: z.tuple([]), result: z.object({ ok: z.literal(true) }) },
  /** Tells main what the window's title bar and close question need. */
  setTitle: {
    args: z.tuple([
      z.object({
        name: z.string(),
        unsaved: z.boolean(),
        /** Nothing was drawn or opened yet: a file from outside may take the window. */
        blank: z.boolean(),
        language: z.enum(['en', 'zh']),
        theme: z.enum(['system', 'light', 'dark', 'contrast']),
      }),
    ]),
    result: z.object({ ok: z.literal(true) }),
  },
  /** Sets the window's menu. */
  setMenu: { args: z.tuple([z.array(menuItem)]), result: z.object({ ok: z.literal(true) }) },
  /** The text of the system's clipboard: the page itself may not touch it. Empty when it holds something else. */
  readClipboard: { args: z.tuple([]), result: z.string() },
  writeClipboard: { args: z.tuple([z.string()]), result: z.object({ ok: z.literal(true) }) },
  /** Does what main does by itself, for the menu that the window draws. */
  doRole: { args: z.tuple([menuRole]), result: z.object({ ok: z.literal(true) }) },
  /** Does in the text field that has the focus what the menu's Edit items mean there. */
  editText: {
    args: z.tuple([z.enum(['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'])]),
    result: z.object({ ok: z.literal(true) }),
  },
  /** Asks what to do with unsaved changes before another network takes their place. */
  askUnsaved: { args: z.tuple([]), result: z.enum(['save', 'discard', 'cancel']) },
  /** Asks for the port to the engine: it comes as a window message (`EngineLink`), as a port cannot be a result. */
  connectEngine: { args: z.tuple([]), result: z.object({ ok: z.literal(true) }) },
} as const;

export type DesktopCall = keyof typeof desktopCalls;
export type DesktopArgs<C extends DesktopCall> = z.infer<(typeof desktopCalls)[C]['args']>;
export type DesktopResult<C extends DesktopCall> = z.infer<(typeof desktopCalls)[C]['result']>;

/** The fragment of the page's address when main has a file for the window from the start. */
export const HANDED = 'handed';

/** A chosen menu item, or a key that the menu took: the id of a command of the window. */
export const menuCommand = z.string();

/**
 * What main tells the window about its engine. `ready` and `restarted` (after a crash: the run is lost, the weights are
 * those last opened or saved) come with a port; `failed` means that it does not start any more.
 */
export const engineLink = z.object({ kind: z.literal('engine'), state: z.enum(['ready', 'restarted', 'failed']) });
export type EngineLink = z.infer<typeof engineLink>;

/** What the preload script gives to the window: a closed set of calls, the menu's commands and what comes from outside. */
export type DesktopApi = {
  readonly [C in Exclude<DesktopCall, 'openDropped'>]: (...args: DesktopArgs<C>) => Promise<unknown>;
} & {
  /** The files of a drop (DOM `File`s): only the preload script can tell their paths. */
  openDropped(files: readonly object[]): Promise<unknown>;
  /** Main has a file for the window: `open` it as `handed`. Returns how to stop listening. */
  onHanded(listener: () => void): () => void;
  /** The library has changed, here or in another window. Returns how to stop listening. */
  onLibrary(listener: () => void): () => void;
  /** Returns how to stop listening. */
  onCommand(listener: (command: unknown) => void): () => void;
};
