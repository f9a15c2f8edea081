import { setTimeout } from 'node:timers/promises';
import { type AwaitedImages, askFor, endAllWaits, endWait, hasFailed, isDecoded } from '../../data/awaitedImages.ts';
import type { UnreadableFile } from '../../data/dataset.ts';
import { UserError } from '../../text.ts';

/** Milliseconds between two looks at images that are awaited. */
const LOOK_EVERY = 5;

/** The decoding of the images of a dataset that is in use already: a thread decodes all of them, those asked for first. */
export class Decoding {
  progress: { readonly done: number; readonly total: number };
  /** Images that are turned from color to gray, or from gray to color; null until all are decoded. */
  recolored: number | null = null;
  readonly faults: UnreadableFile[] = [];
  /** Resolves when no further image will be decoded. */
  readonly ended: Promise<void>;
  readonly #awaited: AwaitedImages;
  readonly #stop: () => void;
  #end: () => void = () => {};
  #hasEnded = false;
  #failure: Error | null = null;
  #users = 0;
  #isAbandoned = false;

  constructor(awaited: AwaitedImages, stop: () => void) {
    this.#awaited = awaited;
    this.#stop = stop;
    this.progress = { done: 0, total: awaited.length - 1 };
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /**
   * Why the dataset cannot be used as it was given; null where nothing is known to be wrong. An image that cannot be decoded is left
   * out when the dataset is opened again, which changes the split.
   */
  get problem(): Error | null {
    if (this.#failure !== null) return this.#failure;
    const [first] = this.faults;
    return first === undefined ? null : undecodable(this.faults.length, first);
  }

  /** Resolves when these images are decoded. Throws `problem` for one that cannot be. */
  async images(indices: Iterable<number>): Promise<void> {
    const wanted = [...indices];
    askFor(this.#awaited, wanted);
    for (const index of wanted) {
      while (!isDecoded(this.#awaited, index)) {
        if (hasFailed(this.#awaited, index)) throw this.problem ?? new Error(`image ${index} could not be decoded`);
        await setTimeout(LOOK_EVERY);
      }
    }
  }

  /** Resolves when all images were decoded, but for `faults`. Throws where decoding failed or was given up. */
  async all(): Promise<void> {
    await this.ended;
    if (this.#failure !== null) throw this.#failure;
  }

  /** Keeps decoding going, also when the dataset is given up, until the returned function is called. */
  use(): () => void {
    this.#users++;
    return () => {
      this.#users--;
      this.#stopUnused();
    };
  }

  /** The dataset is no longer wanted: decoding stops once nobody uses it. */
  abandon(): void {
    this.#isAbandoned = true;
    this.#stopUnused();
  }

  /** An image cannot be decoded. The fault is known here before anybody finds the image missing. */
  fault(index: number, file: UnreadableFile): void {
    this.faults.push(file);
    endWait(this.#awaited, index, false);
  }

  complete(recolored: number): void {
    this.recolored = recolored;
    this.#finish();
  }

  fail(error: Error): void {
    if (this.#hasEnded) return;
    this.#failure = error;
    this.#finish();
    endAllWaits(this.#awaited);
  }

  #stopUnused(): void {
    if (this.#isAbandoned && this.#users === 0) this.fail(abandoned());
  }

  #finish(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#stop();
    this.#end();
  }
}

const abandoned = () =>
  new UserError({
    en: 'Other data was opened before all images were decoded. Open the dataset again.',
    zh: '在全部图像解码完成之前打开了其他数据。请重新打开该数据集。',
  });

function undecodable(count: number, { file, reason }: UnreadableFile): UserError {
  if (count === 1) {
    return new UserError({
      en: `“${file}” cannot be decoded: ${reason.en}. Without it the dataset has another split. Start the training again: the file is left out.`,
      zh: `无法解码“${file}”：${reason.zh}。去掉该文件后数据集的划分不同。请重新开始训练：该文件会被跳过。`,
    });
  }
  return new UserError({
    en: `${count} files cannot be decoded; the first: “${file}” (${reason.en}). Without them the dataset has another split. Start the training again: the files are left out.`,
    zh: `${count} 个文件无法解码；第一个：“${file}”（${reason.zh}）。去掉这些文件后数据集的划分不同。请重新开始训练：这些文件会被跳过。`,
  });
}
