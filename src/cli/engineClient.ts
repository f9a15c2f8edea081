import { SHARE_ENV, Worker } from 'node:worker_threads';
import type { EngineOptions } from '../engine/engine.ts';
import { type EngineEvent, type EngineRequest, readEvent } from '../protocol.ts';
import { UserError } from '../text.ts';

type Unnumbered<T> = T extends { id: number } ? Omit<T, 'id'> : never;
type Question = Unnumbered<EngineRequest>;

/** The engine in a thread of its own, as the window has it in a process of its own. */
export interface EngineClient {
  /** Sends what has no answer of its own: runs and their control. */
  send(request: Extract<EngineRequest, { kind: 'train' | 'control' }>): void;
  /** Events of runs. Rejections of the thread itself come as `failed`. */
  onRun(listener: (event: EngineEvent) => void): void;
  ask(question: Question): Promise<EngineEvent>;
  close(): Promise<void>;
}

export function startEngine(options: EngineOptions): EngineClient {
  // Shared, so that the runtime sees that its telemetry is off.
  const worker = new Worker(options.files.worker, { workerData: options, env: SHARE_ENV });
  const waiting = new Map<number, { resolve: (event: EngineEvent) => void; reject: (error: Error) => void }>();
  const listeners: ((event: EngineEvent) => void)[] = [];
  let next = 1;

  worker.on('message', (message: unknown) => {
    const parsed = readEvent(message);
    if (!parsed.ok) throw new Error(`the engine sent a malformed message: ${parsed.reason}`);
    const event = parsed.value;
    if (!('id' in event)) {
      for (const listener of listeners) listener(event);
      return;
    }
    const asked = waiting.get(event.id);
    waiting.delete(event.id);
    if (event.kind === 'error') asked?.reject(new UserError(event.message));
    else asked?.resolve(event);
  });
  worker.on('error', (error) => {
    for (const { reject } of waiting.values()) reject(error instanceof Error ? error : new Error(String(error)));
    waiting.clear();
    throw error;
  });

  return {
    send: (request) => worker.postMessage(request),
    onRun: (listener) => listeners.push(listener),
    ask(question) {
      const id = next++;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker.postMessage({ ...question, id });
      });
    },
    async close() {
      await worker.terminate();
    },
  };
}
