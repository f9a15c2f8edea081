import { check } from '../../check/check.ts';
import { emptyDocument, type NetworkDocument } from '../../graph/document.ts';
import type { RunRecord } from '../../runs/record.ts';
import { waitedIn } from '../../runs/waiting.ts';
import { type Checkpoint, runStart, stepsInAll } from '../checkpoint.ts';
import type { CheckpointFile } from './runFolder.ts';

/** Rebuilds the damaged record of a run from its newest readable checkpoint. `aside`: names of the damaged files. */
export function rebuiltRecord(
  id: string,
  document: NetworkDocument | null,
  last: Checkpoint | null,
  checkpoints: readonly CheckpointFile[],
  aside: readonly string[],
): RunRecord {
  const { name, data, recipe } = document ?? emptyDocument;
  const { step, epoch, history, best } = last?.progress ?? runStart;
  const samples = last?.samples ?? null;
  const steps = last === null || samples === null ? step : stepsInAll(last.progress, samples, recipe);
  return {
    id,
    name: document === null ? id : name,
    group: null,
    network: name,
    created: Date.now(),
    state: last === null ? 'failed' : epoch >= recipe.epochs ? 'done' : 'interrupted',
    message: {
      en: `The record of this run was damaged and was rebuilt from its checkpoints. Damaged files were renamed: ${aside.join(', ')}.`,
      zh: `此次训练的记录已损坏，现已根据检查点重建。损坏的文件已重命名：${aside.join('、')}。`,
    },
    source: data.source,
    transforms: data.transforms,
    mixing: data.mixing,
    dataSha256: last?.dataSha256 ?? null,
    samples: null,
    params: document === null ? 0 : check(document).totals.params,
    recipe,
    varied: {},
    from: null,
    changes: [...(last?.changes ?? [])],
    step,
    steps,
    epoch,
    epochs: recipe.epochs,
    seconds: history.reduce((sum, { seconds }) => sum + seconds, 0),
    waited: waitedIn(history),
    last: history.at(-1) ?? null,
    best: best === null ? null : (history[best - 1] ?? null),
    tested: 0,
    bytes: checkpoints.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
