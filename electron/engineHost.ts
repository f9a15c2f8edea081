import { constants, setPriority } from 'node:os';
import { MessageChannelMain, type MessagePortMain } from 'electron';
import type { EngineLink } from '../src/desktopCalls.ts';
import type { NetworkDocument } from '../src/graph/document.ts';
import type { EngineClient } from '../src/protocol/client.ts';
import { type Text, UserError } from '../src/text.ts';
import { type EngineChild, forkEngine } from './forkEngine.ts';

/** Weights of a project (empty without weights), and the entries of its run. */
export interface ProjectWeights {
  readonly weights: Uint8Array<ArrayBuffer>;
  readonly run: Readonly<Record<string, Uint8Array<ArrayBuffer>>>;
}

/** The training engine stopped before it answered, or is not running. */
export class EngineStopped extends UserError {}

export interface EngineHost {
  /** Calls the engine on behalf of the main process. Rejects with a UserError if the engine cannot answer. */
  readonly call: EngineClient['call'];
  /** Sends the window a port to the engine, now and after every restart. Starts the engine if it is not running. */
  connect(): void;
  /** Current weights of the document, and the run of the engine. Rejects with EngineStopped without an engine. */
  trained(document: NetworkDocument): Promise<ProjectWeights>;
  /**
   * Sets weights and run of the engine. Without an engine, they are only kept for its next start. If the engine refuses
   * them, it keeps its own.
   */
  hold(trained: ProjectWeights): Promise<void>;
  /** Keeps weights and run that were saved to the file. After a crash, the engine starts from them. */
  keep(trained: ProjectWeights): void;
  /** Weights and run from the last `hold` or `keep`. */
  readonly kept: ProjectWeights;
  /** Number of starts of the engine. After a restart, the engine has the kept weights until it gets others. */
  readonly starts: number;
  end(): void;
}

/** An engine that ends within this time (ms) after its start is not restarted. */
const TOO_SOON = 2000;
const MAX_RESTARTS = 3;

export const stopped = (): Text => ({
  en: 'The training engine stopped before it answered and was restarted. Try again.',
  zh: '训练引擎在完成之前停止，现已重新启动。请重试。',
});
const notRunning = (): Text => ({
  en: 'The training engine is not running. Save your work, then restart Netloom.',
  zh: '训练引擎未运行。请保存工作，然后重新启动 Netloom。',
});

/** Low enough for the window to respond first, but high enough next to other programs: half of "below normal". */
const PRIORITY = process.platform === 'win32' ? constants.priority.PRIORITY_BELOW_NORMAL : 5;

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, PRIORITY);
  } catch {
    // Some systems do not allow it. Results do not depend on it.
  }
}

/**
 * Runs the engine in a separate process, so that a crash can end a run, but not the window. `runs`: folder of all runs.
 */
export function hostEngine(runs: string, tellWindow: (link: EngineLink, ports: MessagePortMain[]) => void): EngineHost {
  let child: EngineChild | null = null;
  let connected = false;
  let ending = false;
  let startedAt = 0;
  let starts = 0;
  let crashes = 0;
  let kept: ProjectWeights = { weights: new Uint8Array(), run: {} };

  function start(): void {
    startedAt = Date.now();
    starts++;
    child = forkEngine(runs);
    const { process: process_, client } = child;
    // On few cores, the window has priority: training is a little slower, but the window stays smooth.
    process_.on('spawn', () => {
      if (process_.pid !== undefined) lowerPriority(process_.pid);
    });
    process_.on('exit', () => {
      if (child?.process === process_) child = null;
      client.stop(new EngineStopped(stopped()));
      if (!ending) restart();
    });
    if (kept.weights.length > 0) give(kept).catch(console.error);
  }

  function restart(): void {
    crashes = Date.now() - startedAt < TOO_SOON ? crashes + 1 : 1;
    if (crashes > MAX_RESTARTS) {
      tellWindow({ kind: 'engine', state: 'failed' }, []);
      return;
    }
    start();
    if (connected) link('restarted');
  }

  function link(state: 'ready' | 'restarted'): void {
    const { port1, port2 } = new MessageChannelMain();
    child?.process.postMessage({ kind: 'connect' }, [port1]);
    tellWindow({ kind: 'engine', state }, [port2]);
  }

  const call: EngineClient['call'] = (name, args) =>
    child === null ? Promise.reject(new EngineStopped(notRunning())) : child.client.call(name, args);

  /** A damaged run is dropped, because the weights are valid without it; it then cannot be resumed. */
  async function give({ weights, run }: ProjectWeights): Promise<void> {
    await call('setWeights', { weights });
    if (Object.keys(run).length === 0) return;
    await call('setLastRun', { entries: run }).catch((error: unknown) => {
      if (error instanceof EngineStopped) throw error;
      console.error(error);
    });
  }

  start();
  return {
    call,
    connect() {
      connected = true;
      if (child !== null) {
        link('ready');
        return;
      }
      crashes = 0;
      start();
      link('restarted');
    },
    async trained(document) {
      const { weights, entries } = await call('getTrained', { document });
      return { weights, run: entries };
    },
    async hold(trained) {
      if (child !== null) await give(trained);
      kept = trained;
    },
    keep(trained) {
      kept = trained;
    },
    get kept() {
      return kept;
    },
    get starts() {
      return starts;
    },
    end() {
      ending = true;
      child?.process.kill();
    },
  };
}
