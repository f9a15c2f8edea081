import { join } from 'node:path';
import { type UtilityProcess, utilityProcess } from 'electron';
import { connectEngine, type EngineClient } from '../src/protocol/client.ts';

export interface EngineChild {
  readonly process: UtilityProcess;
  readonly client: EngineClient;
}

/** Starts an engine in a process of its own. `runs`: folder of all runs. */
export function forkEngine(runs: string): EngineChild {
  const child = utilityProcess.fork(join(import.meta.dirname, 'engine.js'), [runs], {
    serviceName: 'Netloom engine',
    // Set here, because hoisted imports in the process load the runtime before any other code could turn its
    // telemetry off.
    env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' },
  });
  const client = connectEngine(
    { post: (message) => child.postMessage(message), onMessage: (listener) => child.on('message', listener) },
    {
      // The window handles run events.
      onRun() {},
      onUnreadable: (reason) => console.error('Unreadable engine message:', reason),
    },
  );
  return { process: child, client };
}
