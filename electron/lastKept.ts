import { writeCheckpoint } from '../src/engine/checkpoint.ts';
import { RunFolder } from '../src/engine/runs/runFolder.ts';
import { writeWeights } from '../src/engine/weights.ts';
import type { WeightMoves } from '../src/graph/weightMoves.ts';
import { isSetAside, withSetAside } from '../src/graph/weightMoves.ts';
import type { ProjectWeights } from './engineHost.ts';

/** The run whose weights a window had, and the layers renamed since it began. */
export interface LastRun {
  readonly id: string;
  readonly moved: readonly WeightMoves[];
}

/** Reads the newest readable checkpoint of a run without an engine; null if the folder `runs` has none. */
export async function lastKept(
  runs: string,
  { id, moved }: LastRun,
): Promise<(ProjectWeights & { readonly step: number }) | null> {
  const folder = new RunFolder(runs, id);
  for (const file of [...(await folder.checkpoints())].reverse()) {
    try {
      const checkpoint = await folder.readCheckpoint(file);
      return {
        weights: writeWeights(
          new Map([...withSetAside(checkpoint.weights, moved)].filter(([name]) => !isSetAside(name))),
        ),
        run: writeCheckpoint(checkpoint) as ProjectWeights['run'],
        step: file.step,
      };
    } catch (error) {
      console.error(error);
    }
  }
  return null;
}
