import type { runCalls } from '../../protocol/runs.ts';
import { Curves } from '../../runs/curves.ts';
import { lastRunOf, projectOf } from '../lastRun.ts';
import { type KeptRun, kept } from '../runs/runLibrary.ts';
import type { HandlersOf } from '../server.ts';
import type { Parts } from './networkHandlers.ts';

/** Handlers of calls about kept runs and the last run. */
export function runHandlers({ held, runs, library }: Parts): HandlersOf<typeof runCalls> {
  const checkpointsOf = async (run: string) => placesOf((await library?.checkpoints(run)) ?? []);

  return {
    async listRuns() {
      return { runs: [...((await library?.list()) ?? [])], ...runs.inHand };
    },

    async readRun({ run }) {
      return keptRunOf(await kept(library).read(run));
    },

    async readLast() {
      const last = runs.checkpoint();
      const isUnderWay = last !== null && last.run === runs.inHand.present?.run;
      if (last === null || isUnderWay) return { last: null };
      return { last: lastRunOf(last, held.now, last.run === null ? [] : await checkpointsOf(last.run)) };
    },

    async changeRun({ run, name, group }) {
      const change = { ...(name === undefined ? {} : { name }), ...(group === undefined ? {} : { group }) };
      return { record: await kept(library).change(run, change) };
    },

    async deleteRuns({ runs: ids }) {
      await kept(library).remove(ids);
      return {};
    },

    async listCheckpoints({ run }) {
      return { checkpoints: await checkpointsOf(run) };
    },

    async readCheckpoint({ at }) {
      return projectOf(await kept(library).checkpoint(at));
    },
  };
}

const placesOf = (checkpoints: readonly { readonly step: number; readonly epoch: number }[]) =>
  checkpoints.map(({ step, epoch }) => ({ step, epoch }));

/** A kept run in the form of the answer to a window. */
function keptRunOf({ record, document, last, checkpoints }: KeptRun) {
  const { progress, changes, curves } = last ?? { progress: { history: [] }, changes: [], curves: noCurves };
  return {
    record,
    document,
    history: [...progress.history],
    changes: [...changes],
    curves,
    checkpoints: placesOf(checkpoints),
  };
}

const noCurves = new Curves().toArrays();
