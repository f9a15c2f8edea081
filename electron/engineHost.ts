import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import type { EngineLink } from '../src/desktopCalls.ts';
import { type EngineEvent, type EngineRequest, readEvent } from '../src/protocol.ts';
import { UserError } from '../src/text.ts';

type Answered = Extract<EngineRequest, { id: number }>;
/** A request without its id, which is the host's business. */
type Ask = Answered extends infer R ? (R extends Answered ? Omit<R, 'id'> : never) : never;

export interface EngineHost {
  /** Asks the engine as main's own client. Rejects with a UserError when it cannot answer. */
  request(ask: Ask): Promise<EngineEvent>;
  /** Sends the window a port to the engine, now and after every restart. */
  connect(): void;
  /** The weights as of now are those of the file: they come back after a crash. */
  keepWeights(weights: Uint8Array<ArrayBuffer>): void;
  end(): void;
}

/** An engine that dies this often (in ms) after its start is not started again. */
const TOO_SOON = 2000;
const MAX_RESTARTS = 3;

const stopped = () =>
  new UserError({
    en: 'The engine stopped before it could answer. It has been started again: try once more.',
    zh: '计算引擎在完成之前停止了，现已重新启动，请再试一次。',
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
  let crashes = 0;
  let weights = new Uint8Array();

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
      for (const { reject } of waiting.values()) reject(stopped());
      waiting.clear();
      if (!ending) restart();
    });
  }

  function restart(): void {
    crashes = Date.now() - startedAt < TOO_SOON ? crashes + 1 : 1;
    if (crashes > MAX_RESTARTS) {
      tellWindow({ kind: 'engine', state: 'failed' }, []);
      return;
    }
    start();
    if (weights.length > 0) request({ kind: 'setWeights', weights }).catch(console.error);
    if (connected) link('restarted');
  }

  function link(state: 'ready' | 'restarted'): void {
    const { port1, port2 } = new MessageChannelMain();
    child?.postMessage({ kind: 'connect' }, [port1]);
    tellWindow({ kind: 'engine', state }, [port2]);
  }

  function request(ask: Ask): Promise<EngineEvent> {
    const running = child;
    if (running === null) return Promise.reject(stopped());
    const id = nextId++;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      running.postMessage({ ...ask, id });
    });
  }

  start();
  return {
    request,
    connect() {
      connected = true;
      if (child === null) tellWindow({ kind: 'engine', state: 'failed' }, []);
      else link('ready');
    },
    keepWeights(kept) {
      weights = kept;
    },
    end() {
      ending = true;
      child?.kill();
    },
  };
}
