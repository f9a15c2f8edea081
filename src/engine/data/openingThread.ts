// The thread that opens own data: it scans, decodes and parses while the engine stays responsive.
import { parentPort, workerData } from 'node:worker_threads';
import { UserError } from '../../text.ts';
import { DecodedCache } from './decodedCache.ts';
import type { RestOfImages } from './decodeLater.ts';
import type { Opening, OpeningMessage } from './opening.ts';
import { openPath } from './openPath.ts';
import { inSharedMemory } from './sharedMemory.ts';

/** Milliseconds between two reports of progress. */
const REPORTED_EVERY = 100;

async function run({ path, reading, early, cache }: Opening, send: (message: OpeningMessage) => void): Promise<void> {
  let last = 0;
  const progress = (done: number, total: number) => {
    const now = performance.now();
    if (now - last < REPORTED_EVERY) return;
    last = now;
    send({ kind: 'progress', done, total });
  };
  const left: RestOfImages[] = [];
  const later = early ? (rest: RestOfImages) => left.push(rest) : undefined;
  try {
    const dataset = await openPath(path, { ...reading, progress, cache: new DecodedCache(cache), later });
    const [rest = null] = left;
    send({ kind: 'opened', dataset: inSharedMemory(dataset), awaited: rest?.awaited ?? null });
    if (rest === null) return;
    const { all } = await rest.decode({ progress, fault: (index, file) => send({ kind: 'fault', index, file }) });
    send({ kind: 'decoded', recolored: all.recolored });
  } catch (error) {
    if (error instanceof UserError) send({ kind: 'refused', text: error.text });
    else send({ kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

if (parentPort !== null) {
  const port = parentPort;
  void run(workerData as Opening, (message) => port.postMessage(message));
}
