import { failureText } from '../engine/failure.ts';
import type { Output } from './output.ts';

/** Saves beside a run. */
export interface Saver {
  /** Asks for a save; the run goes on meanwhile. A save that fails is told at once, and the next is tried as any other. */
  later(): void;
  /** Fulfilled when no save is under way. */
  idle(): Promise<void>;
}

/** One save at a time, and none is queued twice. */
export function openSaver(save: () => Promise<void>, output: Output): Saver {
  let last: Promise<void> = Promise.resolve();
  let waiting = false;
  return {
    later() {
      if (waiting) return;
      waiting = true;
      last = last.then(async () => {
        waiting = false;
        await save().catch((error) => {
          const { en, zh } = failureText(error);
          output.note({
            en: `Not saved this time: ${en} Training goes on, and the next save is tried again.`,
            zh: `本次未能保存：${zh}训练继续，下次仍会尝试保存。`,
          });
          output.printJson({ event: 'notSaved', message: output.words({ en, zh }) });
        });
      });
    },
    idle: () => last,
  };
}
