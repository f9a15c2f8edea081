import { type EngineEvent, type EngineRequest, readEvent } from '../protocol.ts';
import type { Engine } from './engine.ts';

export type Question = EngineRequest extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never;

/** A client of an engine, over a port that is a pair of functions. */
export function connect(engine: Engine) {
  const events: EngineEvent[] = [];
  const waiting: ((event: EngineEvent) => void)[] = [];
  let deliver: (message: unknown) => void = () => {};
  engine.connect({
    send(event) {
      // As the other side would read it after the journey.
      const parsed = readEvent(structuredClone(event));
      if (!parsed.ok) throw new Error(parsed.reason);
      events.push(parsed.value);
      for (const look of [...waiting]) look(parsed.value);
    },
    onMessage: (listener) => {
      deliver = (message) => listener(structuredClone(message));
    },
  });
  const until = <E extends EngineEvent>(matches: (event: EngineEvent) => event is E) =>
    new Promise<E>((resolve) => {
      const look = (event: EngineEvent) => {
        if (!matches(event)) return;
        waiting.splice(waiting.indexOf(look), 1);
        resolve(event);
      };
      waiting.push(look);
    });
  let next = 0;
  return {
    events,
    send: (message: unknown) => deliver(message),
    until,
    async ask(question: Question): Promise<EngineEvent> {
      const id = next++;
      const answer = until((event): event is EngineEvent & { id: number } => 'id' in event && event.id === id);
      deliver({ ...question, id });
      return answer;
    },
    ended: (run: string) =>
      until(
        (event): event is Extract<EngineEvent, { kind: 'run' }> =>
          event.kind === 'run' && event.run === run && ['done', 'stopped', 'failed'].includes(event.state),
      ),
  };
}
