import { UserError } from '../text.ts';
import type { CallAnswer, CallArgs, EngineCall } from './calls.ts';
import { type EnginePort, idOf, readAnswer, readRunEvent } from './messages.ts';
import type { RunEvent } from './runEvents.ts';

export interface EngineListener {
  onRun(event: RunEvent): void;
  /** Called for a message that is not part of the protocol. If it answers a call, the call has been rejected. */
  onUnreadable(reason: string): void;
}

export interface EngineClient {
  /**
   * Calls the engine. Rejects with a UserError if the engine refuses, and with another error if the connection has
   * ended.
   */
  call<C extends EngineCall>(call: C, args: CallArgs<C>): Promise<CallAnswer<C>>;
  /** Ends the connection: rejects all calls that wait for an answer, and all later ones. */
  stop(error: Error): void;
}

interface Waiting {
  readonly call: EngineCall;
  resolve(answer: never): void;
  reject(error: Error): void;
}

/** The client's end of a connection to an engine. */
export function connectEngine(port: EnginePort, { onRun, onUnreadable }: EngineListener): EngineClient {
  const waiting = new Map<number, Waiting>();
  let stopped: Error | null = null;
  let lastId = 0;

  function takeAnswer(id: number, message: unknown): void {
    const asked = waiting.get(id);
    if (asked === undefined) {
      if (stopped === null) onUnreadable(`an answer to call ${id}, which has no open request`);
      return;
    }
    waiting.delete(id);
    const read = readAnswer(asked.call, message);
    if (!read.ok) {
      asked.reject(new Error(`the answer of the engine to '${asked.call}' is malformed: ${read.reason}`));
      onUnreadable(read.reason);
    } else if ('refusal' in read.value) asked.reject(new UserError(read.value.refusal));
    else asked.resolve(read.value.answer as never);
  }

  port.onMessage((message) => {
    const id = idOf(message);
    if (id !== null) {
      takeAnswer(id, message);
      return;
    }
    const event = readRunEvent(message);
    if (event.ok) onRun(event.value);
    else onUnreadable(event.reason);
  });

  return {
    call(call, args) {
      if (stopped !== null) return Promise.reject(stopped);
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { call, resolve, reject });
        try {
          port.post({ call, id, args });
        } catch (error) {
          waiting.delete(id);
          reject(error);
        }
      });
    },
    stop(error) {
      stopped ??= error;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    },
  };
}
