import { useEffect, useState } from 'react';
import type { KeptRun } from '../../../src/protocol/runs.ts';
import type { RunRecord } from '../../../src/runs/record.ts';
import { newestWins } from '../../state/desktop/newestWins.ts';
import { readRun } from './runsEngine.ts';

/** Cache key of a run: it is read again after every epoch and change of state. */
const keyOf = ({ id, state, epoch }: RunRecord): string => `${id} ${state} ${epoch}`;

const KEPT = 24;
const read = new Map<string, Promise<KeptRun | null>>();

function reading(run: RunRecord): Promise<KeptRun | null> {
  const key = keyOf(run);
  const known = read.get(key);
  if (known !== undefined) return known;
  const asked = readRun(run.id).catch((error: unknown) => {
    console.warn(error);
    read.delete(key);
    return null;
  });
  read.set(key, asked);
  for (const old of [...read.keys()].slice(0, -KEPT)) read.delete(old);
  return asked;
}

/** Stored data of the runs as it arrives; null if it could not be read. */
export function useReads(runs: readonly RunRecord[]): ReadonlyMap<string, KeptRun | null> {
  const [found, setFound] = useState<ReadonlyMap<string, KeptRun | null>>(new Map());
  const [begin] = useState(newestWins);
  const keys = runs.map(keyOf).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the keys determine when to read again
  useEffect(() => {
    const isNewest = begin();
    for (const run of runs) {
      reading(run).then((answer) => {
        if (isNewest()) setFound((before) => new Map(before).set(run.id, answer));
      });
    }
  }, [keys]);
  return found;
}
