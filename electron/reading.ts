import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type ResourceLimits, Worker } from 'node:worker_threads';
import type { Thumbnail } from '../src/desktopCalls.ts';
import type { OpenedProject } from '../src/engine/projectFile.ts';
import type { NetworkDocument } from '../src/graph/document.ts';

import { type Text, UserError } from '../src/text.ts';

/** Work on files and documents of others, which may be made to take long. */
export type Task =
  | { readonly kind: 'read'; readonly path: string; readonly name: string }
  | { readonly kind: 'thumbnail'; readonly document: NetworkDocument }
  | { readonly kind: 'cover'; readonly document: NetworkDocument };

export interface TaskResult {
  readonly read: OpenedProject;
  readonly thumbnail: Thumbnail | null;
  readonly cover: string;
}

export type Answer =
  | { readonly kind: 'done'; readonly result: TaskResult[Task['kind']] }
  | { readonly kind: 'refused'; readonly text: Text }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

export interface Reading {
  /** A project as far as it can be read. Throws UserError, or the system's error. */
  read(path: string, name: string): Promise<OpenedProject>;
  /** For the list of recent files; null for a network that is too large or takes too long. */
  thumbnail(document: NetworkDocument): Promise<Thumbnail | null>;
  /** The picture in a project; null where it takes too long. */
  cover(document: NetworkDocument): Promise<string | null>;
}

export interface ReadingLimits {
  /** Milliseconds for a file, and for each megabyte of it; for a picture. */
  readonly file: number;
  readonly megabyte: number;
  readonly picture: number;
}

/** Ten times what a slow machine takes. */
const usual: ReadingLimits = { file: 15_000, megabyte: 100, picture: 5_000 };
/** Beyond it the thread is ended, and the app goes on. */
const MEMORY = { maxOldGenerationSizeMb: 1024 };

/** Reads and draws in a thread, one task after the other; a task that takes too long or too much memory ends the thread. */
export function openReading(script: string, limits: ReadingLimits = usual, memory: ResourceLimits = MEMORY): Reading {
  let thread: Worker | null = null;
  let last: Promise<unknown> = Promise.resolve();

  function start(): Worker {
    const worker = new Worker(script, { resourceLimits: memory });
    // Nothing waits for it when the app quits.
    worker.unref();
    return worker;
  }

  function perform<K extends Task['kind']>(task: Extract<Task, { kind: K }>, limit: number): Promise<TaskResult[K]> {
    thread ??= start();
    const worker = thread;
    return new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(timer);
        worker.off('message', answered).off('error', failed).off('exit', ended);
      };
      const giveUp = (reason: Error): void => {
        done();
        thread = null;
        worker.terminate().catch(console.error);
        reject(reason);
      };
      const answered = (answer: Answer): void => {
        done();
        if (answer.kind === 'done') resolve(answer.result as TaskResult[K]);
        else if (answer.kind === 'refused') reject(new UserError(answer.text));
        else reject(Object.assign(new Error(answer.message), answer.code === '' ? {} : { code: answer.code }));
      };
      const failed = (error: NodeJS.ErrnoException): void =>
        giveUp(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new UserError(tooMuch) : error);
      const ended = (): void => giveUp(new Error('the reading thread has ended'));
      const timer = setTimeout(() => giveUp(new UserError(tooLong)), limit);
      worker.on('message', answered).on('error', failed).on('exit', ended);
      worker.postMessage(task);
    });
  }

  /** The time counts from the task's own start. */
  function inTurn<K extends Task['kind']>(task: Extract<Task, { kind: K }>, limit: number): Promise<TaskResult[K]> {
    const result = last.then(() => perform(task, limit));
    last = result.catch(() => {});
    return result;
  }

  const orNull = <T>(picture: Promise<T>): Promise<T | null> =>
    picture.catch((error: unknown) => {
      console.error(error);
      return null;
    });

  return {
    async read(path, name) {
      const { size } = await stat(path);
      return inTurn({ kind: 'read', path, name }, limits.file + (limits.megabyte * size) / 2 ** 20);
    },
    thumbnail: (document) => orNull(inTurn({ kind: 'thumbnail', document }, limits.picture)),
    cover: (document) => orNull(inTurn({ kind: 'cover', document }, limits.picture)),
  };
}

/** The app's thread, which lies beside its main script. */
export const reading: Reading = openReading(join(import.meta.dirname, 'reading.js'));

const tooLong: Text = {
  en: 'Reading it took too long and was stopped: it is damaged, or made to be so. Nothing was changed.',
  zh: '读取时间过长，已停止：文件可能已损坏或被人为改造。没有改动任何内容。',
};
const tooMuch: Text = {
  en: 'Reading it took too much memory and was stopped: it is damaged, or made to be so. Nothing was changed.',
  zh: '读取占用内存过多，已停止：文件可能已损坏或被人为改造。没有改动任何内容。',
};
