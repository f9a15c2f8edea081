import { z } from 'zod';
import { documentSchema } from '../graph/document.ts';
import { curveColumns } from '../runs/curves.ts';
import { measured } from '../runs/measured.ts';
import { checkpointRef, epochRecord, runChange, runId, runRecord } from '../runs/record.ts';
import { entries } from './weights.ts';

/** Checkpoints of a run, oldest first. */
const checkpoints = z.array(z.object({ step: z.int(), epoch: z.int() }));

/** A run that is under way or waits. `aside`: its weights are not those of the open network. */
const runInHand = z.object({ run: runId, aside: z.boolean() });

const runList = z.object({
  runs: z.array(runRecord),
  /** `present` and `waiting`, first come first: the runs that this engine has under way. */
  present: runInHand.nullable(),
  waiting: z.array(runInHand),
});
export type RunList = z.infer<typeof runList>;

/** The course of a run so far. */
const course = {
  history: z.array(epochRecord),
  changes: z.array(runChange),
  curves: z.object({
    stride: z.int(),
    collected: z.int(),
    open: z.record(z.enum(curveColumns), measured),
    points: z.record(z.enum(curveColumns), z.instanceof(Float32Array<ArrayBuffer>)),
  }),
  checkpoints,
};

/** A run as it is kept; `document` as it began, with the recipe that is in force. */
const keptRun = z.object({ record: runRecord, document: documentSchema, ...course });
export type KeptRun = z.infer<typeof keptRun>;

/** The engine's last run, as a window shows it. */
const lastRun = z.object({
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
  ...course,
});
export type LastRun = z.infer<typeof lastRun>;

export const runCalls = {
  listRuns: { args: z.object({}), answer: runList },
  readRun: { args: z.object({ run: runId }), answer: keptRun },
  /** Null without a last run, and while it is under way. */
  readLast: { args: z.object({}), answer: z.object({ last: lastRun.nullable() }) },
  changeRun: {
    args: z.object({ run: runId, name: z.string().min(1).optional(), group: z.string().nullable().optional() }),
    answer: z.object({ record: runRecord }),
  },
  /** A run under way is refused, and then none is deleted. */
  deleteRuns: { args: z.object({ runs: z.array(runId) }), answer: z.object({}) },
  /** The checkpoints that are kept of a run; none where the run is not kept. */
  listCheckpoints: { args: z.object({ run: runId }), answer: z.object({ checkpoints }) },
  /** A checkpoint as a project: its network, weights and run. */
  readCheckpoint: {
    args: z.object({ at: checkpointRef }),
    answer: z.object({ document: documentSchema, weights: z.instanceof(Uint8Array), entries }),
  },
};
