import { z } from 'zod';
import { type Text, textSchema } from '../text.ts';
import { type CallAnswer, type CallArgs, type EngineCall, engineCalls } from './calls.ts';
import { type RunEvent, runEvent } from './runEvents.ts';

/**
 * The messages between an engine and its clients, over one port each. Either side validates what it receives: the engine
 * answers a malformed call with a refusal, and a client rejects the call whose answer it cannot read. Neither guesses.
 *
 * In the app the engine has two clients that share its weights. The main process speaks over the engine's parent port; a
 * message there that carries a port brings the window's (a new one replaces the old). Answers go back to who asked.
 */

/** One end of a connection, whatever carries it: a thread's port, a process's, or a test. */
export interface EnginePort {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** From client to engine. */
export type CallMessage = {
  [C in EngineCall]: { readonly call: C; readonly id: number; readonly args: CallArgs<C> };
}[EngineCall];

/** From engine to client: the answer to a call, its refusal, or news of a run. */
export type EngineMessage =
  | { readonly id: number; readonly answer: CallAnswer<EngineCall> }
  | { readonly id: number; readonly refusal: Text }
  | RunEvent;

const callId = z.int().nonnegative();

const callMessages = Object.entries(engineCalls).map(([call, { args }]) =>
  z.object({ call: z.literal(call), id: callId, args }),
);
type Schemas = [(typeof callMessages)[number], ...typeof callMessages];
const callMessage = z.discriminatedUnion('call', callMessages as Schemas);

const refusal = z.object({ id: callId, refusal: textSchema });

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

function read<T>(schema: z.ZodType<T>, message: unknown): Parsed<T> {
  const result = schema.safeParse(message);
  return result.success ? { ok: true, value: result.data } : { ok: false, reason: z.prettifyError(result.error) };
}

/** The id of a call or an answer, also of one that cannot be read; null for anything else. */
export function idOf(message: unknown): number | null {
  const id = (message as { id?: unknown } | null)?.id;
  return callId.safeParse(id).data ?? null;
}

export const readCall = (message: unknown): Parsed<CallMessage> => read(callMessage as z.ZodType<CallMessage>, message);

export const readRunEvent = (message: unknown): Parsed<RunEvent> => read(runEvent, message);

/** The answer to that call, or its refusal. */
export function readAnswer<C extends EngineCall>(
  call: C,
  message: unknown,
): Parsed<{ readonly answer: CallAnswer<C> } | { readonly refusal: Text }> {
  const refused = refusal.safeParse(message);
  if (refused.success) return { ok: true, value: refused.data };
  const answered = z.object({ id: callId, answer: engineCalls[call].answer });
  return read(answered as unknown as z.ZodType<{ readonly answer: CallAnswer<C> }>, message);
}
