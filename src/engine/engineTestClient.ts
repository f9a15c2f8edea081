import { connectEngine } from '../protocol/client.ts';
import type { RunEvent, RunEventOf } from '../protocol/runEvents.ts';
import type { Engine } from './engine.ts';

/** A client of an engine in the same thread; messages are copied as between threads. */
export function connect(engine: Engine) {
  const events: RunEvent[] = [];
  const waiting: ((event: RunEvent) => void)[] = [];
  let deliver: (message: unknown) => void = () => {};
  const { call } = connectEngine(
    {
      post: (message) => deliver(structuredClone(message)),
      onMessage: (listener) =>
        engine.connect({
          post: (message) => listener(structuredClone(message)),
          onMessage: (handle) => {
            deliver = handle;
          },
        }),
    },
    {
      onRun(event) {
        events.push(event);
        for (const look of [...waiting]) look(event);
      },
      onUnreadable(reason) {
        throw new Error(reason);
      },
    },
  );
  const until = <E extends RunEvent>(matches: (event: RunEvent) => event is E) =>
    new Promise<E>((resolve) => {
      const look = (event: RunEvent) => {
        if (!matches(event)) return;
        waiting.splice(waiting.indexOf(look), 1);
        resolve(event);
      };
      waiting.push(look);
    });
  return {
    events,
    call,
    until,
    ended: (run: string) =>
      until(
        (event): event is RunEventOf<'run'> =>
          event.kind === 'run' && event.run === run && ['done', 'stopped', 'failed'].includes(event.state),
      ),
  };
}
