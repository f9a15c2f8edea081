import { existsSync } from 'node:fs';
import { sameNetwork } from '../check/sameNetwork.ts';
import { type Checkpoint, dependsOnLength, type Entries, readCheckpoint } from '../engine/checkpoint.ts';
import type { OpenedProject } from '../engine/projectFile.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { type Text, UserError } from '../text.ts';
import type { EngineClient } from './engineClient.ts';
import type { OpenNetwork } from './networkFile.ts';
import { counted, countOf, type Output } from './output.ts';

/** A project with a run that can be resumed. */
export interface SavedRun {
  readonly project: OpenedProject;
  readonly run: Checkpoint;
  readonly entries: Entries;
  /** True if the run is in the output file, false if it is in FILE. */
  readonly isOutput: boolean;
}

/**
 * Reads the saved run from the output file, or from FILE if there is no output file. Throws UserError unless FILE is
 * the network of the run.
 */
export async function savedRun(file: string, path: string | undefined, open: OpenNetwork): Promise<SavedRun> {
  const given = await open(file);
  const written = path === undefined || !existsSync(path) ? null : await open(path);
  for (const project of [written, given]) {
    const run = project === null ? null : readCheckpoint(project.others);
    if (project === null || run === null) continue;
    if (!sameNetwork(given.document, project.document)) {
      throw new UserError({
        en: `The run in “${path}” belongs to a network other than “${file}”. Use that network, or train from scratch without --resume.`,
        zh: `“${path}”中的训练记录属于与“${file}”不同的网络。请使用该网络，或去掉 --resume 从头训练。`,
      });
    }
    return { project, run, entries: project.others as Entries, isOutput: project === written };
  }
  const where = path === undefined || path === file ? `'${file}'` : `'${path}' or '${file}'`;
  throw new UserError({
    en: `There is no run to resume in ${where}. Train from scratch without --resume.`,
    zh: `${where} 中没有可以继续的训练。请去掉 --resume 从头训练。`,
  });
}

/** The reason that no step is left to train; null if there is one. */
function nothingLeft(
  { run }: SavedRun,
  { recipe }: NetworkDocument,
  stopAfter = Number.POSITIVE_INFINITY,
): Text | null {
  const { step, epoch } = run.progress;
  if (epoch >= recipe.epochs) {
    const done = countOf(epoch, 'epoch');
    return {
      en: `The run has already completed ${done}. To train more, give a larger number: --epochs ${epoch + 1}`,
      zh: `该训练已完成全部 ${epoch} 轮。如需继续训练，请给出更大的轮数：--epochs ${epoch + 1}`,
    };
  }
  if (step < stopAfter) return null;
  return {
    en: `The run has already completed ${countOf(step, 'step')}, and --stop-after ${stopAfter} counts from the first step of the run. Give a larger number, or leave the option out.`,
    zh: `该训练已完成 ${counted(step)} 步，而 --stop-after ${stopAfter} 从训练的第一步开始计数。请给出更大的步数，或去掉该选项。`,
  };
}

export function printResumed(
  saved: SavedRun,
  document: NetworkDocument,
  stopAfter: number | undefined,
  output: Output,
): void {
  const nothing = nothingLeft(saved, document, stopAfter);
  if (nothing !== null) {
    output.note(nothing);
    return;
  }
  const { run } = saved;
  const { step, epoch } = run.progress;
  output.note({
    en: `Resuming after step ${step} (${countOf(epoch, 'epoch')} completed).`,
    zh: `从第 ${step} 步之后继续（已完成 ${epoch} 轮）。`,
  });
  const [before, now] = [run.document.recipe.epochs, document.recipe.epochs];
  if (before === now || !dependsOnLength(document)) return;
  output.note({
    en: `The learning rate schedule was planned for ${before} epochs; from now on it is planned for ${now}.`,
    zh: `学习率调度此前按 ${before} 轮规划，此后按 ${now} 轮规划。`,
  });
}

export async function checkpointOf(engine: EngineClient): Promise<Entries> {
  const { entries } = await engine.call('getLastRun', {});
  return entries;
}
