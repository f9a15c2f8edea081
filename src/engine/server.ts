import type { CallAnswer, CallArgs, EngineCall } from '../protocol/calls.ts';
import { type CallMessage, type EngineMessage, type EnginePort, idOf, readCall } from '../protocol/messages.ts';
import { type Text, UserError } from '../text.ts';
import { failureText } from './failure.ts';

/** Handles a call; throws if it fails. `from`: port of the caller. */
export type Handler<C extends EngineCall> = (
  args: CallArgs<C>,
  from: EnginePort,
) => CallAnswer<C> | Promise<CallAnswer<C>>;

/** Handlers of the calls in one part of the table. */
export type HandlersOf<Calls> = { readonly [C in keyof Calls & EngineCall]: Handler<C> };
export type Handlers = { readonly [C in EngineCall]: Handler<C> };

/** The engine's end of a connection: every call over the port is answered or refused. */
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
    en: `The training engine received an unreadable message: ${reason}`,
    zh: `训练引擎收到了无法识别的消息：${reason}`,
  }).text;
