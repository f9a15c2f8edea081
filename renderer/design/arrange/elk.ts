import ELK from 'elkjs/lib/elk-api.js';
// The layout engine: 1.6 MB, loaded only by this worker and only on first use.
import ElkWorker from 'elkjs/lib/elk-worker.min.js?worker';
import type { ElkGraph } from '../../../src/layout/elkGraph.ts';

type Engine = InstanceType<typeof ELK>;

let engine: Engine | null = null;

/** Lays the graph out in a worker. Aborting ends the worker; the next call starts another. */
export async function layOut(graph: ElkGraph, signal: AbortSignal): Promise<ElkGraph> {
  signal.throwIfAborted();
  engine ??= new ELK({ workerFactory: () => new ElkWorker() });
  const own = engine;
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener(
      'abort',
      () => {
        own.terminateWorker();
        if (engine === own) engine = null;
        reject(signal.reason);
      },
      { once: true },
    );
  });
  return Promise.race([own.layout(graph) as Promise<ElkGraph>, aborted]);
}
