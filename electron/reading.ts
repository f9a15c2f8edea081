import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type ResourceLimits, Worker } from 'node:worker_threads';
import type { Thumbnail } from '../src/desktopCalls.ts';
import type { OpenedProject } from '../src/engine/projectFile.ts';
import type { NetworkDocument } from '../src/graph/document.ts';

import { ForeignOnnx } from '../src/graph/foreign.ts';
import { type Text, UserError } from '../src/text.ts';

/** A task on untrusted files and documents, which may be crafted to take very long. */
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
  /** `model`: the file is a model to import. */
  | { readonly kind: 'refused'; readonly text: Text; readonly model: boolean }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

export interface Reading {
  /** Reads a project as far as possible. Throws UserError, ForeignOnnx for a model to import, or a system error. */
  read(path: string, name: string): Promise<OpenedProject>;
  /** Draws the thumbnail for the recent files; null for a network that is too large or takes too long. */
  thumbnail(document: NetworkDocument): Promise<Thumbnail | null>;
  /** Draws the cover image of a project; null if it takes too long. */
  cover(document: NetworkDocument): Promise<string | null>;
}

export interface ReadingLimits {
  /** Time limits in milliseconds: per file, per megabyte of the file, and per drawing. */
  readonly file: number;
  readonly megabyte: number;
  readonly picture: number;
}

/** Ten times the usual times of a slow computer. */
const usual: ReadingLimits = { file: 15_000, megabyte: 100, picture: 5_000 };
/** Above this limit, the thread is ended without affecting the app. */
const MEMORY = { maxOldGenerationSizeMb: 1024 };

/** Reads and draws in a thread, one task after the other. A task that takes too much time or memory ends the thread. */
export function openReading(script: string, limits: ReadingLimits = usual, memory: ResourceLimits = MEMORY): Reading {
  let thread: Worker | null = null;
  let last: Promise<unknown> = Promise.resolve();

  function start(): Worker {
    const worker = new Worker(script, { resourceLimits: memory });
    // The thread does not delay quitting the app.
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
        else if (answer.kind === 'refused')
          reject(answer.model ? new ForeignOnnx(answer.text) : new UserError(answer.text));
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

  /** The time limit counts from the start of the task, not from its request. */
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

/** The thread of the app; its script is in the folder of the main script. */
export const reading: Reading = openReading(join(import.meta.dirname, 'reading.js'));

const tooLong: Text = {
  en: 'Reading the file took too long and was stopped. The file may be damaged or malicious. Nothing was changed.',
  zh: '读取文件的时间过长，已停止。文件可能已损坏或含有恶意内容。未做任何更改。',
};
const tooMuch: Text = {
  en: 'Reading the file took too much memory and was stopped. The file may be damaged or malicious. Nothing was changed.',
  zh: '读取文件占用的内存过多，已停止。文件可能已损坏或含有恶意内容。未做任何更改。',
};
