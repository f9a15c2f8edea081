import type { CallAnswer, CallArgs, EngineCall } from '../protocol/calls.ts';
import { type CallMessage, type EngineMessage, type EnginePort, idOf, readCall } from '../protocol/messages.ts';
import { type Text, UserError } from '../text.ts';
import { failureText } from './failure.ts';

/** Carries a call out; throws when it cannot. `from`: who calls. */
export type Handler<C extends EngineCall> = (
  args: CallArgs<C>,
  from: EnginePort,
) => CallAnswer<C> | Promise<CallAnswer<C>>;

/** Handlers of the calls in a part of the table. */
export type HandlersOf<Calls> = { readonly [C in keyof Calls & EngineCall]: Handler<C> };
export type Handlers = { readonly [C in EngineCall]: Handler<C> };

/** The engine's end of a connection: every call that comes over the port is answered or refused. */
export function serve(port: EnginePort, handlers: Handlers): void {
  const post = (message: EngineMessage): void => port.post(message);

  async function answer({ call, id, args }: CallMessage): Promise<void> {
    try {
      const handle = handlers[call] as (args: CallMessage['args'], from: EnginePort) => ReturnType<Handler<EngineCall>>;
      post({ id, answer: await handle(args, port) });
    } catch (error) {
      post({ id, refusal: failureText(error) });
    }
  }

  port.onMessage((message) => {
    const call = readCall(message);
    if (call.ok) void answer(call.value);
    else post({ id: idOf(message) ?? 0, refusal: malformed(call.reason) });
  });
}

const malformed = (reason: string): Text =>
  new UserError({
    en: `The engine was sent a message that it does not understand: ${reason}`,
    zh: `引擎收到了无法理解的消息：${reason}`,
  }).text;
