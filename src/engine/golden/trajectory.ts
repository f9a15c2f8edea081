import type { CheckedGraph, CheckedNode } from '../../check/checkedGraph.ts';
import { outputName, TARGET_INPUT } from '../../compile/forward.ts';
import type { Batch, BatchTensor } from '../../data/batches.ts';
import { defaultRecipe, type NetworkDocument } from '../../graph/document.ts';
import type { ParamGroup } from '../../graph/recipe.ts';
import { elementCount, floatTensor } from '../../ir/tensor.ts';
import { ratesAt } from '../../optim/schedules.ts';
import { Evaluator } from '../evaluator.ts';
import { checkedGraph, endsOf } from '../network.ts';
import type { Device } from '../session.ts';
import { TrainStep } from '../trainStep.ts';
import type { CaseOf, CaseTensors } from './cases.ts';
import { Comparison, type ComparisonResult } from './compare.ts';
import { drawGraph, type End, endName } from './draw.ts';
import { drawLoss } from './losses.ts';
import { clipOf, optimizerOf, type Setting, scheduleOf } from './settings.ts';
import { params } from './training.ts';

/** Suffix of the tensors of an output; empty for a single output. */
const suffix = ({ outputs }: CaseOf<'trajectory'>['graph'], output: string): string =>
  outputs.length === 1 ? '' : `.${output}`;

/** The output layers of a case, in the order of its outputs. */
function endsFor({ graph, loss, losses }: CaseOf<'trajectory'>, tensors: CaseTensors): End[] {
  return graph.outputs.map((output) => {
    const setting = losses?.[output] ?? loss;
    if (setting === undefined) throw new Error(`output '${output}' has no loss`);
    return drawLoss(setting.kind, setting.hyper, tensors.get(`out.eval${suffix(graph, output)}`).shape[1] as number);
  });
}

/** The output layers of the document, in the order of the outputs of the case. */
const endsInOrder = (graph: CheckedGraph): CheckedNode[] => {
  const { outputs } = endsOf(graph);
  return outputs.map((_, i) => outputs.find(({ node }) => node.name === endName(i)) as CheckedNode);
};

/** `size` samples of a case, from index `from` on. */
function batchOf(
  graph: CheckedGraph,
  test: CaseOf<'trajectory'>,
  tensors: CaseTensors,
  from: number,
  size: number,
): Batch {
  const { inputs } = endsOf(graph);
  const taken = (name: string, shape: readonly number[]): BatchTensor => {
    const { dtype, data } = tensors.tensor(name);
    const each = elementCount(shape);
    return { dtype, shape: [size, ...shape], data: data.slice(from * each, (from + size) * each) } as BatchTensor;
  };
  return {
    size,
    tensors: new Map([
      ...inputs.map(({ node, outputs: shapes }) => {
        return [node.name, taken(`batch.${node.name}`, Object.values(shapes)[0] ?? [])] as const;
      }),
      ...endsInOrder(graph).map((output, i) => {
        const shape = output.layer.output?.target(output.inputs, output.config).shape ?? [];
        const name = `batch.target${suffix(test.graph, test.graph.outputs[i] as string)}`;
        return [outputName(graph, output, TARGET_INPUT), taken(name, shape)] as const;
      }),
    ]),
  };
}

/** The batch of samples predicted after training; its targets have no effect. */
function shownBatch(graph: CheckedGraph, tensors: CaseTensors): Batch {
  const { inputs, outputs } = endsOf(graph);
  const shown = inputs.map(({ node }) => [node.name, tensors.tensor(`eval.${node.name}`) as BatchTensor] as const);
  const size = shown[0]?.[1].shape[0] as number;
  const zeros = outputs.map((output) => {
    const { dtype, shape } = output.layer.output?.target(output.inputs, output.config) ?? { dtype: 'int64', shape: [] };
    const count = size * elementCount(shape);
    const data = dtype === 'int64' ? new BigInt64Array(count) : new Float32Array(count);
    return [outputName(graph, output, TARGET_INPUT), { dtype, shape: [size, ...shape], data } as BatchTensor] as const;
  });
  return { size, tensors: new Map([...shown, ...zeros]) };
}

const frozenNodes = (document: NetworkDocument, frozen: readonly string[]): NetworkDocument => ({
  ...document,
  nodes: document.nodes.map((node) => (frozen.includes(node.name) ? { ...node, frozen: true } : node)),
});

/** Runs a whole training and compares every loss, the final weights, and their predictions. */
export async function runTrajectory(
  test: CaseOf<'trajectory'>,
  tensors: CaseTensors,
  device: Device,
  draw = drawGraph,
): Promise<ComparisonResult> {
  const optimizer = optimizerOf(test.optimizer);
  const clip = clipOf(test.clip);
  const { schedule, baseLr } =
    test.schedule === null
      ? { schedule: undefined, baseLr: optimizer.learningRate }
      : scheduleOf(test.schedule as Setting);
  const groups = test.groups.map(
    ({ match, lr_scale, weight_decay }): ParamGroup => ({
      match: match.replace('.', '/'),
      ...(lr_scale !== undefined && { learningRateScale: lr_scale }),
      ...(weight_decay !== undefined && { weightDecay: weight_decay }),
    }),
  );
  const recipe = { ...defaultRecipe, optimizer, groups, ...(clip && { clip }), ...(schedule && { schedule }) };
  const plain = draw(test.graph, endsFor(test, tensors), { recipe });
  const graph = test.frozen.length === 0 ? plain : checkedGraph(frozenNodes(plain.document, test.frozen));
  const comparison = new Comparison(tensors, test);

  const trainer = new TrainStep(graph, recipe, { weights: params(tensors, 'init.') }, device);
  const [input = ''] = Object.keys(test.graph.inputs);
  const whole = test.graph.inputs[input]?.[0] as number;
  const sizes = test.sizes ?? Array.from({ length: test.steps }, () => whole);
  const losses: number[] = [];
  let from = 0;
  for (const [step, size] of sizes.entries()) {
    const rates = ratesAt(schedule, baseLr, { step, steps: test.steps, epoch: 0, epochs: 1 });
    const batch = batchOf(graph, test, tensors, from, size);
    losses.push((await trainer.run(batch, rates, { seed: 1, step })).loss);
    from += size;
  }
  await trainer.release();
  comparison.add('loss', floatTensor([test.steps], losses));
  for (const [name, tensor] of trainer.weights) comparison.add(`final.${name.replace('/', '.')}`, tensor);

  const evaluator = await Evaluator.open(graph, device);
  const result = await evaluator.run(shownBatch(graph, tensors), trainer.weights);
  await evaluator.release();
  const order = endsOf(graph).outputs.map(({ node }) => node.name);
  test.graph.outputs.forEach((output, i) => {
    const name = `out.eval${suffix(test.graph, output)}`;
    comparison.add(
      name,
      floatTensor(tensors.get(name).shape, result.outputs[order.indexOf(endName(i))]?.prediction ?? []),
    );
  });
  return comparison.result();
}
