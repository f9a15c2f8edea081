import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import type { EngineLink } from '../src/desktopCalls.ts';
import { connectEngine, type EngineClient } from '../src/protocol/client.ts';
import { type Text, UserError } from '../src/text.ts';

/** The bytes of a project's weights, empty where it has none, and the entries of its run. */
export interface Trained {
  readonly weights: Uint8Array<ArrayBuffer>;
  readonly run: Readonly<Record<string, Uint8Array<ArrayBuffer>>>;
}

/** The engine stopped before it could answer, or is not running. */
export class EngineStopped extends UserError {}

export interface EngineHost {
  /** Calls the engine as main's own client. Rejects with a UserError when it cannot answer. */
  readonly call: EngineClient['call'];
  /** Sends the window a port to the engine, now and after every restart; one that is not running is started again. */
  connect(): void;
  /** Weights and run of the window's engine at present. Rejects with EngineStopped without an engine. */
  trained(): Promise<Trained>;
  /** Makes them the engine's. Without an engine they are only kept; when the engine refuses them, it has what it had. */
  hold(trained: Trained): Promise<void>;
  /** They are in the file now: after a crash the engine starts from them. */
  keep(trained: Trained): void;
  /** Those last held or kept. */
  readonly kept: Trained;
  /** How often it was started: one that was started again has what is kept until it is given more. */
  readonly starts: number;
  end(): void;
}

/** An engine that dies this often (in ms) after its start is not started again. */
const TOO_SOON = 2000;
const MAX_RESTARTS = 3;

export const stopped = (): Text => ({
  en: 'The engine stopped before it could answer. It has been started again: try once more.',
  zh: '计算引擎在完成之前停止了，现已重新启动，请再试一次。',
});
const notRunning = (): Text => ({
  en: 'The engine is not running. Save your work, then start Netloom again.',
  zh: '计算引擎未运行。请保存工作，然后重新启动 Netloom。',
});

/** Nice enough for the window to win, not so nice that any other program takes all: half of "below normal". */
const PRIORITY = process.platform === 'win32' ? constants.priority.PRIORITY_BELOW_NORMAL : 5;

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, PRIORITY);
  } catch {
    // Not allowed everywhere, and never needed for right results.
  }
}

/**
 * Runs the engine in a process of its own: a crash there costs the run, never the window or the drawing. `runs`: the
 * folder in which it keeps its runs.
 */
export function hostEngine(runs: string, tellWindow: (link: EngineLink, ports: MessagePortMain[]) => void): EngineHost {
  const entry = join(import.meta.dirname, 'engine.js');
  let child: { readonly process: UtilityProcess; readonly client: EngineClient } | null = null;
  let connected = false;
  let ending = false;
  let startedAt = 0;
  let starts = 0;
  let crashes = 0;
  let kept: Trained = { weights: new Uint8Array(), run: {} };

  function start(): void {
    startedAt = Date.now();
    starts++;
    const process_ = utilityProcess.fork(entry, [runs], {
      serviceName: 'Netloom engine',
      // Hoisted imports would load the runtime before any code of ours could switch its telemetry off.
      env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' },
    });
    const client = connectEngine(
      {
        post: (message) => process_.postMessage(message),
        onMessage: (listener) => process_.on('message', listener),
      },
      {
        // Runs are the window's.
        onRun() {},
        onUnreadable: (reason) => console.error('Engine message not understood:', reason),
      },
    );
    child = { process: process_, client };
    // Where cores are few the window goes first: training is a little slower, and nothing stutters.
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

  /** A damaged run costs only that: there is none to go on with. */
  async function give({ weights, run }: Trained): Promise<void> {
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
    async trained() {
      const [{ weights }, { entries }] = await Promise.all([call('getWeights', {}), call('getLastRun', {})]);
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
