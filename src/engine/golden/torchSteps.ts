import type { CheckedGraph } from '../../check/checkedGraph.ts';
import { outputName, TARGET_INPUT } from '../../compile/forward.ts';
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
import type { Program, Value } from '../../ir/program.ts';
import { elementCount, floatTensor, type Tensor } from '../../ir/tensor.ts';
import { hyperValues } from '../../optim/optimizer.ts';
import { ratesAt } from '../../optim/schedules.ts';
import type { TorchModel } from '../../pytorch/model.ts';
import { random } from '../../random/philox.ts';
import type { Text } from '../../text.ts';
import { type FeedSources, feedsOf, outputOf, scalarOf } from '../feeds.ts';
import { checkedGraph, endsOf, networkInput, samplesFor } from '../network.ts';
import { CPU_DEVICE, openProgram } from '../session.ts';
import { exportTorch, type TorchExport } from '../torchExport.ts';
import { TrainStep } from '../trainStep.ts';

/** Training steps of Netloom for the comparison with PyTorch, which repeats them in tools/comparePytorch.py. */
export interface TorchSteps {
  readonly project: TorchExport;
  /** Loss before each step. */
  readonly losses: readonly number[];
  /**
   * Files of the project, in safetensors: `batch/…`, `loss`, the `choice/…` of every ReLU (1 where it passes its input on) and of
   * every max pooling (places in its flattened input), and `grad/…` of each step; `after/…`, the weights after the last one.
   * Modules and tensors have PyTorch's names.
   */
  readonly files: readonly (readonly [path: string, bytes: Uint8Array<ArrayBuffer>])[];
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
  const files: [string, Uint8Array<ArrayBuffer>][] = [];
  try {
    for (const [i, each] of batches.entries()) {
      const at = { step: i, steps: recipe.epochs * batchCount(batch * count, batch), epoch: 0, epochs: recipe.epochs };
      const rates = ratesAt(recipe.schedule, recipe.optimizer.learningRate, at);
      const { program } = await step.prepare(each.size);
      const held = new Map([...step.weights, ...step.state]);
      const hypers = hyperValues(recipe.optimizer, { ...rates, step: i + 1 });
      const { loss } = await step.run(each, rates, { seed: recipe.seed, step: i });
      const noise = { seed: recipe.seed, step: i };
      const seen = await looked(program, { batch: each, held, hypers, noise }, project.model);
      if (seen.loss !== loss) throw new Error(`step ${i} has loss ${loss}, and ${seen.loss} when it is looked at`);
      losses.push(loss);
      files.push([
        `step${i}.safetensors`,
        writeSafetensors(
          new Map([...batchTensors(each, graph), ['loss', safe(floatTensor([], [loss]))], ...seen.tensors]),
        ),
      ]);
    }
    const after = [...project.model.keys].map(([name, key]) => [key, safe(step.weights.get(name) as Tensor)] as const);
    return { project, losses, files: [...files, ['after.safetensors', writeSafetensors(new Map(after))]] };
  } finally {
    await step.release();
  }
}

/** Runs a training step with more outputs: loss, gradients, and the choices of ReLU and max pooling. */
async function looked(program: Program, feeds: FeedSources, { modules, keys }: TorchModel) {
  const shown = new Map<Value, string>();
  for (const { op, outputs } of program.ops) {
    const [y, places] = outputs as readonly [Value, Value?];
    const module = modules.get(y.name.slice(0, y.name.lastIndexOf('/')));
    if (op === 'Relu' && module !== undefined) shown.set(y, `choice/${module}`);
    if (op === 'MaxPool' && module !== undefined && places !== undefined) shown.set(places, `choice/${module}`);
    for (const value of outputs) {
      const key = value.name.endsWith('_grad') ? keys.get(value.name.slice(0, -'_grad'.length)) : undefined;
      if (key !== undefined) shown.set(value, `grad/${key}`);
    }
  }
  const more = [...shown.keys()].map((value) => ({ value, role: { kind: 'prediction' as const } }));
  const session = await openProgram({ ...program, outputs: [...program.outputs, ...more] }, CPU_DEVICE);
  try {
    const results = await session.run(feedsOf(program, feeds));
    const tensors = [...shown].map(([{ name }, key]) => {
      const tensor = results.get(name) as Tensor;
      return [key, safe(key.startsWith('choice/') ? chosen(tensor) : tensor)] as const;
    });
    return { loss: scalarOf(results, outputOf(program, 'loss')), tensors };
  } finally {
    await session.release();
  }
}

/** Results of a ReLU as 1 where it passes its input on, else 0; places as they are. */
function chosen(tensor: Tensor): Tensor {
  if (tensor.dtype === 'int64') return tensor;
  return floatTensor(
    tensor.shape,
    Float32Array.from(tensor.data as Float32Array, (x) => Number(x > 0)),
  );
}

function safe({ dtype, shape, data }: Tensor): SafeTensor {
  return dtype === 'int64' ? { dtype: 'I64', shape, data } : { dtype: 'F32', shape, data: data as Float32Array };
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

/** `batch/input/000`, … in the order of inputs and outputs. */
function batchTensors({ tensors }: Batch, graph: CheckedGraph): [string, SafeTensor][] {
  const { inputs } = endsOf(graph);
  return [...tensors.values()].map((tensor, i) => [
    `batch/${i < inputs.length ? 'input' : 'target'}/${String(i).padStart(3, '0')}`,
    safe(tensor as Tensor),
  ]);
}
