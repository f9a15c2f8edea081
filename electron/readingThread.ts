// The thread that reads and draws files, so that a slow or endless task does not block the app.
import { type MessagePort, parentPort } from 'node:worker_threads';
import { type OpenedProject, readProjectFile } from '../src/engine/projectFile.ts';
import { isTorchProject, readTorchProject } from '../src/engine/torchProject.ts';
import { ForeignOnnx } from '../src/graph/foreign.ts';
import { UserError } from '../src/text.ts';
import type { Answer, Task, TaskResult } from './reading.ts';
import { drawCover, drawThumbnail } from './thumbnail.ts';

function run(task: Task): TaskResult[Task['kind']] | Promise<TaskResult[Task['kind']]> {
  switch (task.kind) {
    case 'read':
      return readFile(task.path, task.name);
    case 'thumbnail':
      return drawThumbnail(task.document);
    case 'cover':
      return drawCover(task.document);
    default:
      return task satisfies never;
  }
}

const readFile = async (path: string, name: string): Promise<OpenedProject> =>
  (await isTorchProject(path)) ? readTorchProject(path) : readProjectFile(path, { name, reading: 'lenient' });

/** Buffers of the result that are transferred instead of copied. */
function memoryOf(result: unknown): ArrayBuffer[] {
  if (typeof result !== 'object' || result === null || !('others' in result)) return [];
  const { weights, others } = result as OpenedProject;
  const arrays = [...(weights === null ? [] : [weights]), ...Object.values(others)];
  return [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))];
}

const port = parentPort as MessagePort;
port.on('message', async (task: Task) => {
  try {
    const result = await run(task);
    port.postMessage({ kind: 'done', result } satisfies Answer, memoryOf(result));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    port.postMessage(
      (error instanceof UserError
        ? { kind: 'refused', text: error.text, model: error instanceof ForeignOnnx }
        : { kind: 'failed', code: code ?? '', message }) satisfies Answer,
    );
  }
});
