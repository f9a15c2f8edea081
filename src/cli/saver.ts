import { failureText } from '../engine/failure.ts';
import type { Output } from './output.ts';

/** Saves a run to a file while it goes on. */
export interface Saver {
  /** Requests a save without waiting for it. A failed save is reported at once, and the next one is still tried. */
  later(): void;
  /** Resolves when no save is in progress. */
  idle(): Promise<void>;
}

/** Runs one save at a time. Requests made during a save are merged into one. */
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
            en: `Could not save: ${en} Training continues; the next save is tried again.`,
            zh: `未能保存：${zh}训练继续进行，下次仍会尝试保存。`,
          });
          output.printJson({ event: 'notSaved', message: output.words({ en, zh }) });
        });
      });
    },
    idle: () => last,
  };
}
