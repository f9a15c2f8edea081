import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import type { EngineLink } from '../src/desktopCalls.ts';
import { type EngineEvent, type EngineRequest, readEvent } from '../src/protocol.ts';
import { type Text, UserError } from '../src/text.ts';

type Answered = Extract<EngineRequest, { id: number }>;
/** A request without its id, which is the host's business. */
type Ask = Answered extends infer R ? (R extends Answered ? Omit<R, 'id'> : never) : never;

/** The bytes of a project's weights, empty where it has none, and the entries of its run. */
export interface Trained {
  readonly weights: Uint8Array<ArrayBuffer>;
  readonly run: Readonly<Record<string, Uint8Array<ArrayBuffer>>>;
}

/** The engine stopped before it could answer, or is not running. */
export class EngineStopped extends UserError {}

export interface EngineHost {
  /** Asks the engine as main's own client. Rejects with a UserError when it cannot answer. */
  request(ask: Ask): Promise<EngineEvent>;
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
  const waiting = new Map<number, { resolve: (event: EngineEvent) => void; reject: (error: Error) => void }>();
  let child: UtilityProcess | null = null;
  let nextId = 0;
  let connected = false;
  let ending = false;
  let startedAt = 0;
  let starts = 0;
  let crashes = 0;
  let kept: Trained = { weights: new Uint8Array(), run: {} };

  function receive(message: unknown): void {
    const parsed = readEvent(message);
    if (!parsed.ok) {
      console.error('Engine message not understood:', parsed.reason);
      return;
    }
    const event = parsed.value;
    if (!('id' in event)) return;
    const entry = waiting.get(event.id);
    waiting.delete(event.id);
    if (event.kind === 'error') entry?.reject(new UserError(event.message));
    else entry?.resolve(event);
  }

  function start(): void {
    startedAt = Date.now();
    starts++;
    const process_ = utilityProcess.fork(entry, [runs], {
      serviceName: 'Netloom engine',
      // Hoisted imports would load the runtime before any code of ours could switch its telemetry off.
      env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' },
    });
    child = process_;
    // Where cores are few the window goes first: training is a little slower, and nothing stutters.
    process_.on('spawn', () => {
      if (process_.pid !== undefined) lowerPriority(process_.pid);
    });
    process_.on('message', receive);
    process_.on('exit', () => {
      if (child === process_) child = null;
      for (const { reject } of waiting.values()) reject(new EngineStopped(stopped()));
      waiting.clear();
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
    child?.postMessage({ kind: 'connect' }, [port1]);
    tellWindow({ kind: 'engine', state }, [port2]);
  }

  function request(ask: Ask): Promise<EngineEvent> {
    const running = child;
    if (running === null) return Promise.reject(new EngineStopped(notRunning()));
    const id = nextId++;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      running.postMessage({ ...ask, id });
    });
  }

  /** A damaged run costs only that: there is none to go on with. */
  async function give({ weights, run }: Trained): Promise<void> {
    await request({ kind: 'setWeights', weights });
    if (Object.keys(run).length === 0) return;
    await request({ kind: 'setCheckpoint', entries: run }).catch((error: unknown) => {
      if (error instanceof EngineStopped) throw error;
      console.error(error);
    });
  }

  start();
  return {
    request,
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
      const [weights, run] = await Promise.all([request({ kind: 'getWeights' }), request({ kind: 'getCheckpoint' })]);
      if (weights.kind !== 'weights' || run.kind !== 'checkpoint') {
        throw new Error(`The engine answered with '${weights.kind}' and '${run.kind}'`);
      }
      return {
        weights: weights.weights as Trained['weights'],
        run: run.entries as Trained['run'],
      };
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
      child?.kill();
    },
  };
}
