import { type EngineLink, engineLink } from '../../../src/desktopCalls.ts';
import { type EngineEvent, type EngineRequest, readEvent } from '../../../src/protocol.ts';
import type { Text } from '../../../src/text.ts';
import { callDesktop } from './desktop.ts';

type Answered = Extract<EngineRequest, { id: number }>;
type Ask = Answered extends infer R ? (R extends Answered ? Omit<R, 'id'> : never) : never;

/** What the engine could not do, in the user's words. */
export class EngineRefusal extends Error {
  constructor(readonly text: Text) {
    super(text.en);
  }
}

interface Listener {
  onEvent(event: EngineEvent): void;
  onLink(state: EngineLink['state']): void;
  onUnreadable(reason: string): void;
}

const waiting = new Map<number, { resolve: (event: EngineEvent) => void; reject: (error: Error) => void }>();
let port: MessagePort | null = null;
let nextId = 0;

/** Takes the one who asked out of those who wait. */
function settle(id: number) {
  const asked = waiting.get(id);
  waiting.delete(id);
  return asked;
}

function receive(message: unknown, listener: Listener): void {
  const parsed = readEvent(message);
  if (!parsed.ok) {
    // Who asked must not wait forever.
    const { id } = (message ?? {}) as { id?: number };
    if (id !== undefined) settle(id)?.reject(new Error(parsed.reason));
    listener.onUnreadable(parsed.reason);
    return;
  }
  const event = parsed.value;
  if ('id' in event) {
    const asked = settle(event.id);
    if (event.kind === 'error') asked?.reject(new EngineRefusal(event.message));
    else asked?.resolve(event);
  }
  listener.onEvent(event);
}

/** Asks main for the engine's port, and takes a new one whenever the engine had to be started again. */
export function connectEngine(listener: Listener): void {
  window.addEventListener('message', (event) => {
    if (event.source !== window) return;
    const link = engineLink.safeParse(event.data);
    if (!link.success) return;
    port?.close();
    for (const { reject } of waiting.values()) reject(new Error('The engine stopped before it answered.'));
    waiting.clear();
    port = event.ports[0] ?? null;
    if (port !== null) port.onmessage = ({ data }) => receive(data, listener);
    listener.onLink(link.data.state);
  });
  callDesktop('connectEngine').catch(console.error);
}

/** What waits to be sent; null: nothing has to wait. */
let held: (() => void)[] | null = null;

/** Nothing is asked of the engine until the returned function is called: its weights are about to be others. */
export function holdEngine(): () => void {
  held ??= [];
  return () => {
    const waiting = held ?? [];
    held = null;
    for (const send of waiting) send();
  };
}

function post(request: EngineRequest): void {
  if (held === null) port?.postMessage(request);
  else held.push(() => port?.postMessage(request));
}

export const tellEngine = (request: Exclude<EngineRequest, Answered>): void => post(request);

/** Rejects with an EngineRefusal when the engine says why it cannot answer. */
export function askEngine(ask: Ask): Promise<EngineEvent> {
  if (port === null) return Promise.reject(new Error('There is no engine.'));
  const id = nextId++;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    post({ ...ask, id });
  });
}
