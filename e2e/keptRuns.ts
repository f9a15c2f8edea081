import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Paths of the whole checkpoints of all runs, below the folder of the runs. */
export function checkpointsIn(folder: string): string[] {
  const runs = join(folder, 'user-data', 'runs');
  if (!existsSync(runs)) return [];
  return readdirSync(runs, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /[\\/]\d+\.\d+\.netloom$/.test(path),
  );
}
