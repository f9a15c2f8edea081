import { z } from 'zod';
import { sameNetwork } from '../check/sameNetwork.ts';
import { batchCount } from '../data/batches.ts';
import { canonical } from '../graph/canonical.ts';
import { documentSchema, type NetworkDocument, type Recipe } from '../graph/document.ts';
import { RUNS } from '../graph/file.ts';
import { floatTensor, type Tensor } from '../ir/tensor.ts';
import type { PlateauState } from '../optim/schedules.ts';
import { type CurveArrays, type CurveColumn, Curves, columnsOf, curveColumns } from '../runs/curves.ts';
import { measured } from '../runs/measured.ts';
import { epochRecord, type RunChange, runChange } from '../runs/record.ts';
import { UserError } from '../text.ts';
import type { Tensors } from './session.ts';
import { readWeights, writeWeights } from './weights.ts';

const plateau: z.ZodType<PlateauState> = z.object({
  learningRate: z.number(),
  best: z.number().nullable(),
  bad: z.int(),
  cooldown: z.int(),
});

const progress = z.object({
  /** Completed steps and epochs. */
  step: z.int().nonnegative(),
  epoch: z.int().nonnegative(),
  /** Number of samples of the current epoch that were trained on; all of them if only the validation remains. */
  seen: z.int().nonnegative(),
  /** Sums over these samples; `correct` is null without an accuracy. */
  loss: measured,
  correct: z.number().nullable(),
  /** State of a plateau schedule after its first epoch. */
  plateau: plateau.nullable(),
  history: z.array(epochRecord).readonly(),
  /** The epoch (from 1) with the best weights so far. */
  best: z.int().nullable(),
});

/**
 * Progress of a run between two steps. The rest of the run depends only on this, the weights and the optimizer state:
 * the sample order follows from seed and epoch, dropout masks from seed and step.
 */
export type RunProgress = Readonly<z.infer<typeof progress>>;

export const runStart: RunProgress = {
  step: 0,
  epoch: 0,
  seen: 0,
  loss: 0,
  correct: 0,
  plateau: null,
  history: [],
  best: null,
};

/** Total number of steps of a run with `samples` samples per epoch. */
export function stepsInAll({ step, epoch, seen }: RunProgress, samples: number, { batchSize, epochs }: Recipe): number {
  if (epoch >= epochs) return step;
  return step + batchCount(samples - seen, batchSize) + batchCount(samples, batchSize) * (epochs - epoch - 1);
}

/** A run between two steps. Later steps do not change the tensors. */
export interface Snapshot {
  readonly progress: RunProgress;
  /** Parameters and buffers. */
  readonly weights: Tensors;
  /** Optimizer state. */
  readonly state: Tensors;
  readonly bestWeights: Tensors | null;
}

/** Everything needed to resume a run, even in another process, with the results of an uninterrupted run. */
export interface Checkpoint extends Snapshot {
  /** The document at the start of the run, with the current training settings. */
  readonly document: NetworkDocument;
  /** Hash of the training samples. */
  readonly dataSha256: string;
  /** Id of the run; null in files of older versions. */
  readonly run: string | null;
  /** Samples per epoch; null in files of older versions. */
  readonly samples: number | null;
  /** True if steps also compute the norm of the gradients. */
  readonly reportNorm: boolean;
  /** Changes of the training settings during the run. */
  readonly changes: readonly RunChange[];
  readonly curves: CurveArrays;
}

const RUN = `${RUNS}last/run.json`;
const WEIGHTS = `${RUNS}last/weights.safetensors`;
const OPTIMIZER = `${RUNS}last/optimizer.safetensors`;
const CURVES = `${RUNS}last/curves.safetensors`;
const BEST = `${RUNS}best/weights.safetensors`;

export type Entries = Readonly<Record<string, Uint8Array<ArrayBuffer>>>;

const runFile = z.object({
  version: z.literal(2),
  progress,
  dataSha256: z.string(),
  run: z.string().nullable().default(null),
  samples: z.int().positive().nullable().default(null),
  reportNorm: z.boolean(),
  document: documentSchema,
  changes: z.array(runChange).readonly(),
  curves: z.object({
    stride: z.int(),
    collected: z.int(),
    open: z.record(z.enum(curveColumns), measured),
  }),
});
type RunFile = z.infer<typeof runFile>;

/** Version 1 counted batches, and had neither changes nor curves. */
const runFile1 = z.object({
  version: z.literal(1),
  progress: progress.omit({ seen: true }).extend({ batch: z.int().nonnegative() }),
  dataSha256: z.string(),
  reportNorm: z.boolean(),
  document: documentSchema,
});

function migrated(json: unknown): unknown {
  const { success, data } = runFile1.safeParse(json);
  if (!success) return json;
  const { batch, ...rest } = data.progress;
  const { stride, collected, open } = new Curves().toArrays();
  return {
    ...data,
    version: 2,
    run: null,
    samples: null,
    progress: { ...rest, seen: batch * data.document.recipe.batchSize },
    changes: [],
    curves: { stride, collected, open },
  } satisfies RunFile;
}

/** The entries of a project for a checkpoint: JSON and safetensors. */
export function writeCheckpoint({
  weights,
  state,
  bestWeights,
  curves: { points, ...curves },
  ...run
}: Checkpoint): Record<string, Uint8Array<ArrayBuffer>> {
  const json = JSON.stringify({ version: 2, ...run, curves }, null, 1);
  return {
    [RUN]: new TextEncoder().encode(`${json}\n`),
    [WEIGHTS]: writeWeights(weights),
    [OPTIMIZER]: writeWeights(state),
    [CURVES]: writeWeights(
      new Map(curveColumns.map((name) => [name, floatTensor([points[name].length], points[name])])),
    ),
    ...(bestWeights === null ? {} : { [BEST]: writeWeights(bestWeights) }),
  };
}

/** Reads the checkpoint in the entries of a project; null if there is none. Throws UserError if it is damaged. */
export function readCheckpoint(entries: Readonly<Record<string, Uint8Array>>): Checkpoint | null {
  const { [RUN]: run, [WEIGHTS]: weights, [OPTIMIZER]: optimizer, [BEST]: best, [CURVES]: points } = entries;
  if (run === undefined) return null;
  if (weights === undefined) throw damaged(WEIGHTS, 'missing');
  if (optimizer === undefined) throw damaged(OPTIMIZER, 'missing');
  const { version: _, curves, ...rest } = readRun(run);
  return {
    ...rest,
    curves: readCurves(curves, points),
    weights: readWeights(weights, WEIGHTS),
    state: readWeights(optimizer, OPTIMIZER),
    bestWeights: best === undefined ? null : readWeights(best, BEST),
  };
}

function readCurves({ stride, collected, open }: RunFile['curves'], bytes: Uint8Array | undefined): CurveArrays {
  const points = bytes === undefined ? new Map<string, Tensor>() : readWeights(bytes, CURVES);
  const column = (name: CurveColumn) => Float32Array.from((points.get(name)?.data ?? []) as ArrayLike<number>);
  const { length } = column('step');
  if (curveColumns.some((name) => column(name).length !== length)) throw damaged(CURVES, 'uneven');
  return {
    stride,
    collected,
    open: columnsOf((name) => open[name]),
    points: columnsOf(column),
  };
}

function readRun(bytes: Uint8Array): RunFile {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw damaged(RUN, 'JSON');
  }
  const parsed = runFile.safeParse(migrated(json));
  if (!parsed.success) throw damaged(RUN, z.prettifyError(parsed.error));
  return parsed.data;
}

const damaged = (entry: string, reason: string): UserError =>
  new UserError({
    en: `The run in this project could not be read (${entry}: ${reason}). Train from scratch, or open an earlier copy of the file.`,
    zh: `无法读取此项目中的训练记录（${entry}：${reason}）。请从头训练，或打开文件较早的副本。`,
  });

/** The current weights in the entries of a run. */
export const weightsEntry = (entries: Readonly<Record<string, Uint8Array>>): Uint8Array | null =>
  entries[WEIGHTS] ?? null;

const split = ({ data: { validation, splitSeed, split } }: NetworkDocument) => [validation, splitSeed, split ?? null];
const augmentation = ({ data: { transforms, mixing } }: NetworkDocument) => [transforms ?? [], mixing ?? null];
/** The training settings that must not change during a run. */
function recipe({
  recipe: { optimizer, schedule, clip, groups, frozenBatchNorm, decayBiasAndNorm, seed },
}: NetworkDocument) {
  // An omitted default equals the default.
  const memory = { ...(optimizer.kind === 'sgd' && { dampening: 0 }), ...optimizer, learningRate: 0 };
  const scales = groups?.map((group) => ({ learningRateScale: 1, ...group })) ?? [];
  return [
    memory,
    schedule ?? { kind: 'constant' },
    clip,
    scales,
    frozenBatchNorm ?? null,
    decayBiasAndNorm ?? true,
    seed,
  ];
}

const equal = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

/**
 * Throws UserError if a run cannot be resumed with this document: network, split, transforms, mixing and training settings must be
 * equal, except the number of epochs, the batch size, the learning rate and early stopping.
 */
export function fitRun(run: NetworkDocument, document: NetworkDocument): void {
  if (!sameNetwork(run, document)) {
    throw new UserError({
      en: 'The network was changed after this run, so the run cannot be resumed. Undo the changes, or train from scratch.',
      zh: '此次训练之后网络已被修改，无法继续训练。请撤销修改，或从头训练。',
    });
  }
  if (!equal(augmentation(run), augmentation(document))) {
    throw new UserError({
      en: 'The transforms or the mixing of samples were changed after this run, so the run cannot be resumed. Restore them, or train from scratch.',
      zh: '此次训练之后变换或样本混合已被修改，无法继续训练。请恢复原来的设置，或从头训练。',
    });
  }
  if (!equal(split(run), split(document)) || !equal(recipe(run), recipe(document))) {
    throw new UserError({
      en: 'The training settings were changed after this run, so the run cannot be resumed. Only the number of epochs, batch size and learning rate may change; restore the optimizer, schedule, seed and split, or train from scratch.',
      zh: '此次训练之后训练设置已被修改，无法继续训练。只允许更改轮数、批量大小和学习率；请恢复优化器、学习率调度、随机种子和数据划分，或从头训练。',
    });
  }
}

/** True if the schedule spans the whole run, so that another number of epochs changes all learning rates. */
export function dependsOnLength({ recipe: { schedule } }: NetworkDocument): boolean {
  switch (schedule?.kind) {
    case 'cosine':
      return schedule.tMax === undefined;
    case 'warmupCosine':
    case 'oneCycle':
      return schedule.totalSteps === undefined;
    default:
      return false;
  }
}
