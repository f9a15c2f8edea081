import { totalmem } from 'node:os';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import { elementCount } from '../ir/tensor.ts';
import { sizeText } from '../sizeText.ts';
import { UserError } from '../text.ts';

const FLOAT_BYTES = 4;

/** Moments that an optimizer keeps of every parameter, at most. */
const MOMENTS = { sgd: 1, adam: 3, adamw: 3, rmsprop: 3, adagrad: 1 } as const;

/** Bytes of memory of this machine, or of the container that the process runs in. */
export function memoryLimit(): number {
  // 0 where nothing but the machine limits it.
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}

/** Bytes of all parameters and buffers. */
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

/** Bytes that training takes at least: weights, gradients, the optimizer's memory, and the outputs of all layers for a batch. */
export function trainingBytes(graph: CheckedGraph, samples: number): number {
  const { optimizer, batchSize } = graph.document.recipe;
  const outputs = graph.nodes.reduce(
    (sum, node) => Object.values(node.outputs).reduce((own, shape) => own + FLOAT_BYTES * elementCount(shape), sum),
    0,
  );
  return (2 + MOMENTS[optimizer.kind]) * weightBytes(graph) + Math.min(batchSize, samples) * outputs;
}

/** Throws UserError before memory is asked for that this machine does not have. */
export function needMemory(bytes: number, limit = memoryLimit()): void {
  if (bytes <= limit) return;
  const [needed, has] = [sizeText(bytes), sizeText(limit)];
  throw new UserError({
    en: `The network needs at least ${needed} of memory; this machine has ${has}. Make its layers smaller, or the batches.`,
    zh: `该网络至少需要 ${needed} 内存，而本机只有 ${has}。请缩小各层或批量。`,
  });
}
