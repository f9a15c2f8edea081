import { z } from 'zod';
import { type Text, textSchema } from '../text.ts';
import { type CallAnswer, type CallArgs, type EngineCall, engineCalls } from './calls.ts';
import { type RunEvent, runEvent } from './runEvents.ts';

/**
 * Messages between an engine and its clients, over one port each. Both sides validate messages: the engine refuses a
 * malformed call, and a client rejects a call with a malformed answer.
 *
 * In the app, the engine has two clients that share its weights. The main process uses the parent port of the engine; a
 * message with a port connects the window, and a new port replaces the old one. Answers are sent to the caller.
 */

/** One end of a connection: the port of a thread, of a process, or of a test. */
export interface EnginePort {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** A message from client to engine. */
export type CallMessage = {
  [C in EngineCall]: { readonly call: C; readonly id: number; readonly args: CallArgs<C> };
}[EngineCall];

/** A message from engine to client: the answer to a call, its refusal, or a run event. */
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

export type ParseResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

function read<T>(schema: z.ZodType<T>, message: unknown): ParseResult<T> {
  const result = schema.safeParse(message);
  return result.success ? { ok: true, value: result.data } : { ok: false, reason: z.prettifyError(result.error) };
}

/** The id of a call or an answer, even of a malformed one; null for anything else. */
export function idOf(message: unknown): number | null {
  const id = (message as { id?: unknown } | null)?.id;
  return callId.safeParse(id).data ?? null;
}

export const readCall = (message: unknown): ParseResult<CallMessage> =>
  read(callMessage as z.ZodType<CallMessage>, message);

export const readRunEvent = (message: unknown): ParseResult<RunEvent> => read(runEvent, message);

/** Reads the answer to a call, or its refusal. */
export function readAnswer<C extends EngineCall>(
  call: C,
  message: unknown,
): ParseResult<{ readonly answer: CallAnswer<C> } | { readonly refusal: Text }> {
  const refused = refusal.safeParse(message);
  if (refused.success) return { ok: true, value: refused.data };
  const answered = z.object({ id: callId, answer: engineCalls[call].answer });
  return read(answered as unknown as z.ZodType<{ readonly answer: CallAnswer<C> }>, message);
}
