import { z } from 'zod';
import { documentSchema } from '../graph/document.ts';
import { curveColumns } from '../runs/curves.ts';
import { measured } from '../runs/measured.ts';
import { checkpointRef, epochRecord, runChange, runId, runRecord } from '../runs/record.ts';
import { entries } from './weights.ts';

/** Checkpoints of a run, oldest first. */
const checkpoints = z.array(z.object({ step: z.int(), epoch: z.int() }));

/** A current or waiting run. `aside`: its weights are not those of the open network. */
const runInHand = z.object({ run: runId, aside: z.boolean() });

const runList = z.object({
  runs: z.array(runRecord),
  /** The runs of this engine: `present` is the current one; `waiting` are the queued ones, in order. */
  present: runInHand.nullable(),
  waiting: z.array(runInHand),
});
export type RunList = z.infer<typeof runList>;

/** History of a run. */
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

/** A kept run. `document`: the document at its start, with the current training settings. */
const keptRun = z.object({ record: runRecord, document: documentSchema, ...course });
export type KeptRun = z.infer<typeof keptRun>;

/** The last run of the engine, for a window. */
const lastRun = z.object({
  /** Null in files of older versions. */
  run: z.string().nullable(),
  document: documentSchema,
  state: z.enum(['done', 'stopped']),
  step: z.int(),
  steps: z.int(),
  epoch: z.int(),
  /** Epoch of the current weights; null for the last epoch or for other weights. */
  keptEpoch: z.int().nullable(),
  /** True if the network has other weights than the run ended with, restored from an earlier checkpoint. */
  hasOthers: z.boolean(),
  ...course,
});
export type LastRun = z.infer<typeof lastRun>;

export const runCalls = {
  listRuns: { args: z.object({}), answer: runList },
  readRun: { args: z.object({ run: runId }), answer: keptRun },
  /** Reads the last run; null without one, and during a run. */
  readLast: { args: z.object({}), answer: z.object({ last: lastRun.nullable() }) },
  changeRun: {
    args: z.object({ run: runId, name: z.string().min(1).optional(), group: z.string().nullable().optional() }),
    answer: z.object({ record: runRecord }),
  },
  /** Deletes runs. Refused, without deleting any, if one of them is current or waiting. */
  deleteRuns: { args: z.object({ runs: z.array(runId) }), answer: z.object({}) },
  /** Lists the checkpoints of a run; empty if the run is not kept. */
  listCheckpoints: { args: z.object({ run: runId }), answer: z.object({ checkpoints }) },
  /** Reads a checkpoint as a project: network, weights and run. */
  readCheckpoint: {
    args: z.object({ at: checkpointRef }),
    answer: z.object({ document: documentSchema, weights: z.instanceof(Uint8Array), entries }),
  },
};
