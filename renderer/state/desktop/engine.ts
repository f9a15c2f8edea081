import { type EngineLink, engineLink } from '../../../src/desktopCalls.ts';
import type { CallArgs } from '../../../src/protocol/calls.ts';
import { connectEngine as connect, type EngineClient, type EngineListener } from '../../../src/protocol/client.ts';
import { callDesktop } from './desktop.ts';

interface Listener extends EngineListener {
  onLink(state: EngineLink['state']): void;
}

let port: MessagePort | null = null;
let client: EngineClient | null = null;

/** Requests the engine's port from the main process, and accepts a new one whenever the engine restarts. */
export function connectEngine(listener: Listener): void {
  window.addEventListener('message', (event) => {
    if (event.source !== window) return;
    const link = engineLink.safeParse(event.data);
    if (!link.success) return;
    port?.close();
    client?.stop(new Error('The engine stopped before it answered.'));
    port = event.ports[0] ?? null;
    client = port === null ? null : clientOf(port, listener);
    listener.onLink(link.data.state);
  });
  callDesktop('connectEngine').catch(console.error);
}

/** Postponed calls; null while calls are sent at once. */
let held: (() => void)[] | null = null;

/**
 * Postpones calls to the engine until the returned function is called, because the engine's weights are about to
 * change.
 */
export function holdEngine(): () => void {
  held ??= [];
  return () => {
    const waiting = held ?? [];
    held = null;
    for (const send of waiting) send();
  };
}

const clientOf = (opened: MessagePort, listener: EngineListener): EngineClient =>
  connect(
    {
      post(message) {
        if (held === null) opened.postMessage(message);
        else held.push(() => opened.postMessage(message));
      },
      onMessage(receive) {
        opened.onmessage = ({ data }) => receive(data);
      },
    },
    listener,
  );

export const engine: Pick<EngineClient, 'call'> = {
  call: (call, args) => (client === null ? Promise.reject(new Error('There is no engine.')) : client.call(call, args)),
};

/** Starts or controls a run without awaiting the result, which arrives in run events. */
export function sendToEngine<C extends 'train' | 'control' | 'change'>(call: C, args: CallArgs<C>): void {
  engine.call(call, args).catch(console.error);
}
