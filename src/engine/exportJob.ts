import type { ExportPart } from '../protocol/exported.ts';
import { UserError } from '../text.ts';

/** The export that is under way, which may be canceled. */
export class ExportJob {
  #part: ExportPart | null = null;
  #cancel: (() => void) | null = null;

  get part(): ExportPart | null {
    return this.#part;
  }

  /** The export ends at once for its caller; its work ends before the next part. */
  cancel(): void {
    this.#cancel?.();
  }

  /** Runs an export, which calls `begin` before each part. Throws UserError if it is canceled. */
  async run<T>(work: (begin: (part: ExportPart) => Promise<void>) => Promise<T>): Promise<T> {
    let isCanceled = false;
    const canceled = new Promise<never>((_, reject) => {
      this.#cancel = () => {
        isCanceled = true;
        reject(canceledError());
      };
    });
    const begin = async (part: ExportPart): Promise<void> => {
      // A message to cancel is read between two parts.
      await new Promise(setImmediate);
      if (isCanceled) throw canceledError();
      this.#part = part;
    };
    try {
      return await Promise.race([work(begin), canceled]);
    } finally {
      [this.#part, this.#cancel] = [null, null];
    }
  }
}

const canceledError = (): UserError =>
  new UserError({ en: 'The export was canceled. No file was written.', zh: '已取消导出。未写入文件。' });
