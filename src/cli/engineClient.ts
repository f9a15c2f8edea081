import { SHARE_ENV, Worker } from 'node:worker_threads';
import type { EngineOptions } from '../engine/engine.ts';
import { type EngineClient as Client, connectEngine } from '../protocol/client.ts';
import type { RunEvent } from '../protocol/runEvents.ts';

/** The training engine in a worker thread; the app runs the same engine in a separate process. */
export interface EngineClient extends Pick<Client, 'call'> {
  onRun(listener: (event: RunEvent) => void): void;
  close(): Promise<void>;
}

export function startEngine(options: EngineOptions): EngineClient {
  // The worker shares the environment, which turns the telemetry of the runtime off.
  const worker = new Worker(options.files.worker, { workerData: options, env: SHARE_ENV });
  const listeners: ((event: RunEvent) => void)[] = [];
  const client = connectEngine(
    {
      post: (message) => worker.postMessage(message),
      onMessage: (listener) => worker.on('message', listener),
    },
    {
      onRun: (event) => {
        for (const listener of listeners) listener(event);
      },
      onUnreadable(reason) {
        throw new Error(`the engine sent a malformed message: ${reason}`);
      },
    },
  );
  worker.on('error', (error) => {
    client.stop(error instanceof Error ? error : new Error(String(error)));
    throw error;
  });
  worker.on('exit', () => client.stop(new Error('the engine has ended')));

  return {
    call: client.call,
    onRun: (listener) => listeners.push(listener),
    async close() {
      await worker.terminate();
    },
  };
}
