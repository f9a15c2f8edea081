import { outputName, paramName, TARGET_INPUT } from '../../compile/forward.ts';
import { initialParameters } from '../../compile/initialize.ts';
import {
  type Batch,
  type BatchTensor,
  batchBuffers,
  batchCount,
  fillBatch,
  plannedBatches,
} from '../../data/batches.ts';
import type { Dataset } from '../../data/dataset.ts';
import { splitOf } from '../../data/split.ts';
import type { NetworkDocument } from '../../graph/document.ts';
import { type SafeTensor, writeSafetensors } from '../../graph/safetensors.ts';
import { elementCount } from '../../ir/tensor.ts';
import { ratesAt } from '../../optim/schedules.ts';
import { random } from '../../random/philox.ts';
import type { Text } from '../../text.ts';
import { checkedGraph, endsOf, networkInput, samplesFor } from '../network.ts';
import { CPU_DEVICE, type Tensors } from '../session.ts';
import { exportTorch, type TorchExport } from '../torchExport.ts';
import { TrainStep } from '../trainStep.ts';

/** Training steps of Netloom for the comparison with PyTorch, which repeats them in tools/comparePytorch.py. */
export interface TorchSteps {
  readonly project: TorchExport;
  /** Loss before each step. */
  readonly losses: readonly number[];
  /** steps.safetensors: the batches, and the weights after the last step by PyTorch's names. */
  readonly steps: Uint8Array<ArrayBuffer>;
}

/** A document whose dropout drops nothing, so that both programs compute the same. */
export const withoutDropout = (document: NetworkDocument): NetworkDocument => ({
  ...document,
  nodes: document.nodes.map((node) => ('p' in node.config ? { ...node, config: { ...node.config, p: 0 } } : node)),
});

interface StepsOptions {
  readonly document: NetworkDocument;
  readonly data: Dataset | Text;
  readonly batch: number;
  readonly steps: number;
}

/** Exports a project and trains a few steps from the same weights, on batches of the data or on random ones. */
export async function torchSteps({ document, data, batch, steps: count }: StepsOptions): Promise<TorchSteps> {
  const graph = checkedGraph(document);
  const { recipe } = document;
  const weights = initialParameters(graph, recipe.seed);
  const project = await exportTorch({ graph, weights, data, device: CPU_DEVICE });
  const batches =
    project.withoutData === null && !('en' in data)
      ? dataBatches(document, data, batch, count)
      : Array.from({ length: count }, (_, i) => randomBatch(document, batch, i));
  const step = new TrainStep(graph, recipe, { weights }, CPU_DEVICE);
  const losses: number[] = [];
  try {
    for (const [i, each] of batches.entries()) {
      const at = { step: i, steps: recipe.epochs * batchCount(batch * count, batch), epoch: 0, epochs: recipe.epochs };
      const rates = ratesAt(recipe.schedule, recipe.optimizer.learningRate, at);
      const { loss } = await step.run(each, rates, { seed: recipe.seed, step: i });
      losses.push(loss);
    }
    return { project, losses, steps: writeSafetensors(tensorsOf(batches, step.weights, project.model.keys, document)) };
  } finally {
    await step.release();
  }
}

function dataBatches(document: NetworkDocument, data: Dataset, batch: number, count: number): Batch[] {
  const samples = samplesFor(checkedGraph(document), data);
  const { train } = splitOf(data, document.data);
  const first = { epoch: 0, seen: 0 };
  const planned = plannedBatches({ indices: train, batch, seed: document.recipe.seed, first });
  return Array.from({ length: count }, () => {
    const { indices } = planned.next().value;
    return fillBatch(samples, indices, batchBuffers(indices.length, samples));
  });
}

function randomBatch(document: NetworkDocument, size: number, step: number): Batch {
  const graph = checkedGraph(document);
  const { inputs, outputs } = endsOf(graph);
  const tensors = new Map<string, BatchTensor>();
  for (const input of inputs) {
    const { name, shape } = networkInput(input);
    const rng = random(step, `steps/${name}`);
    const data = Float32Array.from({ length: size * elementCount(shape) }, () => rng.uniform());
    tensors.set(name, { dtype: 'float32', shape: [size, ...shape], data });
  }
  for (const output of outputs) {
    const name = outputName(graph, output, TARGET_INPUT);
    const target = output.layer.output?.target(output.inputs, output.config);
    const [rng, shape] = [random(step, `steps/${name}`), [size, ...(target?.shape ?? [])]];
    const classes = Object.values(output.inputs)[0]?.[0] ?? 2;
    const draws = Array.from({ length: elementCount(shape) }, () => rng.uniform());
    if (target?.dtype === 'int64') {
      const data = BigInt64Array.from(draws, (draw) => BigInt(Math.floor(draw * classes)));
      tensors.set(name, { dtype: 'int64', shape, data });
    } else {
      const isYesNo = output.layer.output?.answers === 'binary';
      const data = Float32Array.from(draws, (draw) => (isYesNo ? Math.round(draw) : draw));
      tensors.set(name, { dtype: 'float32', shape, data });
    }
  }
  return { size, tensors };
}

/** `batch/0/000`, … in the order of inputs and outputs, and `after/conv1.weight`, …. */
function tensorsOf(
  batches: readonly Batch[],
  weights: Tensors,
  keys: ReadonlyMap<string, string>,
  document: NetworkDocument,
): Map<string, SafeTensor> {
  const tensors = new Map<string, SafeTensor>();
  const { inputs } = endsOf(checkedGraph(document));
  batches.forEach((batch, step) => {
    [...batch.tensors.values()].forEach((tensor, i) => {
      const name = `batch/${step}/${i < inputs.length ? 'input' : 'target'}/${String(i).padStart(3, '0')}`;
      const { shape } = tensor;
      tensors.set(
        name,
        tensor.dtype === 'int64'
          ? { dtype: 'I64', shape, data: tensor.data }
          : { dtype: 'F32', shape, data: tensor.data },
      );
    });
  });
  for (const node of checkedGraph(document).nodes) {
    for (const key of [...Object.keys(node.params), ...Object.keys(node.buffers)]) {
      const { shape, data } = weights.get(paramName(node, key)) as { shape: readonly number[]; data: Float32Array };
      tensors.set(`after/${keys.get(paramName(node, key))}`, { dtype: 'F32', shape, data });
    }
  }
  return tensors;
}
