import { totalmem } from 'node:os';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import { elementCount } from '../ir/tensor.ts';
import { sizeText } from '../sizeText.ts';
import { UserError } from '../text.ts';

const FLOAT_BYTES = 4;

/** Maximum number of state tensors of an optimizer per parameter. */
const MOMENTS = { sgd: 1, adam: 3, adamw: 3, rmsprop: 3, adagrad: 1 } as const;

/** Memory in bytes of this computer, or of the container of the process. */
export function memoryLimit(): number {
  // 0 without a limit below the memory of the computer.
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}

/** Size in bytes of all parameters and buffers. */
export function weightBytes({ nodes }: CheckedGraph): number {
  return nodes.reduce(
    (sum, { params, buffers }) =>
      [...Object.values(params), ...Object.values(buffers)].reduce(
        (own, { shape }) => own + FLOAT_BYTES * elementCount(shape),
        sum,
      ),
    0,
  );
}

/**
 * Lower bound on the memory of training in bytes: weights, gradients, optimizer state, and the outputs of all layers
 * for a batch.
 */
export function trainingBytes(graph: CheckedGraph, samples: number): number {
  const { optimizer, batchSize } = graph.document.recipe;
  const outputs = graph.nodes.reduce(
    (sum, node) => Object.values(node.outputs).reduce((own, shape) => own + FLOAT_BYTES * elementCount(shape), sum),
    0,
  );
  return (2 + MOMENTS[optimizer.kind]) * weightBytes(graph) + Math.min(batchSize, samples) * outputs;
}

/** Throws UserError if this computer has less memory than `bytes`, before it is allocated. */
export function needMemory(bytes: number, limit = memoryLimit()): void {
  if (bytes <= limit) return;
  const [needed, has] = [sizeText(bytes), sizeText(limit)];
  throw new UserError({
    en: `The network needs at least ${needed} of memory, but this computer has ${has}. Use smaller layers or a smaller batch size.`,
    zh: `该网络至少需要 ${needed} 内存，而本机只有 ${has}。请缩小各层，或减小批量大小。`,
  });
}
