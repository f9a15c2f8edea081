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
  /** Steps and epochs done. */
  step: z.int().nonnegative(),
  epoch: z.int().nonnegative(),
  /** Samples of the present epoch that were taken; all of them when only its validation is still to come. */
  seen: z.int().nonnegative(),
  /** Sums over these samples; `correct` is null where right and wrong make no sense. */
  loss: measured,
  correct: z.number().nullable(),
  /** What a plateau schedule remembers, once it was told of an epoch. */
  plateau: plateau.nullable(),
  history: z.array(epochRecord).readonly(),
  /** The epoch (from 1) whose weights are the best so far. */
  best: z.int().nullable(),
});

/**
 * Where a run is between two steps. With weights and memory this is all that the rest of it depends on: the order of
 * samples is a function of seed and epoch, masks are one of seed and step.
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

/** Steps done and still to come, in epochs of so many samples. */
export function stepsInAll({ step, epoch, seen }: RunProgress, samples: number, { batchSize, epochs }: Recipe): number {
  if (epoch >= epochs) return step;
  return step + batchCount(samples - seen, batchSize) + batchCount(samples, batchSize) * (epochs - epoch - 1);
}

/** A run between two steps; tensors are snapshots that nothing changes. */
export interface Snapshot {
  readonly progress: RunProgress;
  /** Parameters and buffers. */
  readonly weights: Tensors;
  /** The optimizer's memory. */
  readonly state: Tensors;
  readonly bestWeights: Tensors | null;
}

/** All that it takes to go on with a run, in another process too, as if it had never been interrupted. */
export interface Checkpoint extends Snapshot {
  /** As it was when the run began, with the recipe that is in force. */
  readonly document: NetworkDocument;
  /** Of the samples trained on. */
  readonly dataSha256: string;
  /** Id of the run; null where an older version wrote it. */
  readonly run: string | null;
  /** Samples of an epoch; null where an older version wrote it. */
  readonly samples: number | null;
  /** The step also computes the norm of the gradients. */
  readonly reportNorm: boolean;
  /** What was changed on the way. */
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

/** The entries of a project that hold the checkpoint: JSON and safetensors. */
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

/** The checkpoint in a project's entries, null when there is none. Throws UserError when it is damaged. */
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
    en: `The run in this project cannot be read (${entry}: ${reason}). Train again from the start, or open an earlier copy.`,
    zh: `无法读取此项目中的训练记录（${entry}：${reason}）。请从头训练，或打开较早的副本。`,
  });

/** The weights of a project whose run this is. */
export const weightsEntry = (entries: Readonly<Record<string, Uint8Array>>): Uint8Array | null =>
  entries[WEIGHTS] ?? null;

const split = ({ data: { validation, splitSeed } }: NetworkDocument) => [validation, splitSeed];
/** What the steps follow from, and what may not change under way. */
function recipe({ recipe: { optimizer, schedule, clip, groups, decayBiasAndNorm, seed } }: NetworkDocument) {
  // A default counts as much when it is left out.
  const memory = { ...(optimizer.kind === 'sgd' && { dampening: 0 }), ...optimizer, learningRate: 0 };
  const scales = groups?.map((group) => ({ learningRateScale: 1, ...group })) ?? [];
  return [memory, schedule ?? { kind: 'constant' }, clip, scales, decayBiasAndNorm ?? true, seed];
}

const equal = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

/**
 * Refuses to go on with a run under another network, split or recipe; the number of epochs, the batch size, the
 * learning rate and when to stop early may differ.
 */
export function fitRun(run: NetworkDocument, document: NetworkDocument): void {
  if (!sameNetwork(run, document)) {
    throw new UserError({
      en: 'The network was changed since this run, so the run cannot go on. Undo the changes, or train from the start.',
      zh: '此次训练之后网络已被修改，无法继续。请撤销修改，或从头训练。',
    });
  }
  if (!equal(split(run), split(document)) || !equal(recipe(run), recipe(document))) {
    throw new UserError({
      en: 'The recipe was changed since this run. A run can go on with another number of epochs, batch size or learning rate, but with the same optimizer, schedule, seed and split of the data. Set them back, or train from the start.',
      zh: '此次训练之后训练设置已被修改。继续训练时只能改变轮数、批量大小和学习率；优化器、学习率计划、种子和数据划分须保持不变。请改回，或从头训练。',
    });
  }
}

/** The schedule spans the whole run, so that another number of epochs would have given other rates from the start. */
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
