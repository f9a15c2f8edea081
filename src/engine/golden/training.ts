import type { CheckedNode } from '../../check/checkedGraph.ts';
import { outputName, TARGET_INPUT } from '../../compile/forward.ts';
import type { Batch, BatchTensor } from '../../data/batches.ts';
import { defaultRecipe } from '../../graph/document.ts';
import { Builder } from '../../ir/builder.ts';
import { floatTensor, type Tensor } from '../../ir/tensor.ts';
import { hyperValues } from '../../optim/optimizer.ts';
import { plateauReport, plateauStart, type Rates, ratesAt } from '../../optim/schedules.ts';
import { emitUpdates, type Trained } from '../../optim/updates.ts';
import { Evaluator } from '../evaluator.ts';
import { feedsOf, initialState } from '../feeds.ts';
import { type Device, openProgram, targetOf } from '../session.ts';
import { TrainStep } from '../trainStep.ts';
import type { CaseOf, CaseTensors } from './cases.ts';
import { type Compared, Comparison } from './compare.ts';
import { drawGraph } from './draw.ts';
import { drawLoss } from './losses.ts';
import { clipOf, optimizerOf, type Setting, scheduleOf } from './settings.ts';

/** `init.fc1.weight` and the like by parameter names of programs, `fc1/weight`. */
const params = (tensors: CaseTensors, prefix: string) =>
  new Map([...tensors.startingWith(prefix)].map(([name, tensor]) => [name.replace('.', '/'), tensor]));

/** The update rule alone: fed the expected gradients, it has to give the expected parameters. */
export async function runOptimizer(test: CaseOf<'optimizer'>, tensors: CaseTensors, device: Device): Promise<Compared> {
  const optimizer = optimizerOf(test.optimizer);
  const clip = clipOf(test.clip);
  const reportNorm = tensors.has('norm');
  const comparison = new Comparison(tensors, test);
  const initial = params(tensors, 'init.');

  const g = new Builder(test.id, targetOf(device));
  const trained = [...initial].map(([name, { shape }]): Trained => {
    const param = g.input(name, 'float32', shape, { kind: 'parameter' });
    const gradient = g.input(`${name}_grad`, 'float32', shape, { kind: 'parameter' });
    return { name, param, gradient, role: name.endsWith('/bias') ? 'bias' : 'weight' };
  });
  const program = g.finish(emitUpdates(g, { optimizer, reportNorm, ...(clip && { clip }) }, trained));
  const session = await openProgram(program, device);
  let held = new Map<string, Tensor>([...initial, ...initialState(program)]);
  const norms: number[] = [];
  for (let step = 1; step <= test.steps; step++) {
    const gradients = [...params(tensors, `grad${step}.`)].map(([name, tensor]) => [`${name}_grad`, tensor] as const);
    const hypers = hyperValues(optimizer, { step, learningRate: optimizer.learningRate });
    const results = await session.run(feedsOf(program, { held: new Map([...held, ...gradients]), hypers }));
    held = new Map(held);
    for (const { value, role } of program.outputs) {
      if (role.kind === 'update') held.set(role.of, results.get(value.name) as Tensor);
      if (role.kind === 'gradientNorm') norms.push(Number(results.get(value.name)?.data[0]));
    }
    for (const name of initial.keys()) comparison.add(`step${step}.${name.replace('/', '.')}`, held.get(name));
  }
  await session.release();
  if (reportNorm) comparison.add('norm', floatTensor([test.steps], norms));
  return comparison.result();
}

/** The rates of a schedule, step by step. */
export function runSchedule(test: CaseOf<'schedule'>, tensors: CaseTensors): Compared {
  const { schedule, baseLr } = scheduleOf(test.schedule);
  const [steps = 0] = tensors.get('lr').shape;
  let plateau = plateauStart(baseLr);
  const rates: Rates[] = [];
  for (let step = 0; step < steps; step++) {
    rates.push(ratesAt(schedule, baseLr, { step, steps, epoch: 0, epochs: 1 }, plateau));
    if (schedule.kind === 'plateau') {
      plateau = plateauReport(schedule, plateau, Number(tensors.get('metric').data[step]));
    }
  }
  const comparison = new Comparison(tensors, test);
  const add = (name: string, data: number[]) => comparison.add(name, { shape: [steps], data });
  add(
    'lr',
    rates.map(({ learningRate }) => learningRate),
  );
  if (tensors.has('momentum'))
    add(
      'momentum',
      rates.map(({ momentum }) => momentum ?? Number.NaN),
    );
  return comparison.result();
}

/** A whole training run: every loss, the final weights, and the logits they give. */
export async function runTrajectory(
  test: CaseOf<'trajectory'>,
  tensors: CaseTensors,
  device: Device,
  draw = drawGraph,
): Promise<Compared> {
  const optimizer = optimizerOf(test.optimizer);
  const clip = clipOf(test.clip);
  const { schedule, baseLr } =
    test.schedule === null
      ? { schedule: undefined, baseLr: optimizer.learningRate }
      : scheduleOf(test.schedule as Setting);
  const recipe = { ...defaultRecipe, optimizer, ...(clip && { clip }), ...(schedule && { schedule }) };
  const classes = tensors.get('out.eval').shape[1] as number;
  const { kind, hyper } = test.loss;
  const graph = draw(test.graph, drawLoss(kind, hyper, classes), { recipe });
  const comparison = new Comparison(tensors, test);

  const end = graph.nodes.find(({ layer }) => layer.output !== undefined) as CheckedNode;
  const targetInput = outputName(graph, end, TARGET_INPUT);
  const trainer = new TrainStep(graph, recipe, { weights: params(tensors, 'init.') }, device);
  const images = tensors.tensor('batch.x').data as Float32Array<ArrayBuffer>;
  const labels = tensors.tensor('batch.target').data as BigInt64Array<ArrayBuffer>;
  const size = tensors.get('batch.target').shape[1] as number;
  const sample = images.length / labels.length;
  const batchOf = (x: Float32Array<ArrayBuffer>, target: BigInt64Array<ArrayBuffer>): Batch => {
    const count = target.length;
    const [input] = graph.nodes.filter(({ layer }) => layer.inputs.length === 0);
    const shape = [count, ...(Object.values(input?.outputs ?? {})[0] ?? [])];
    const data: BatchTensor = { dtype: 'float32', shape, data: x };
    const answers: BatchTensor = { dtype: 'int64', shape: [count], data: target };
    return {
      size: count,
      tensors: new Map<string, BatchTensor>([
        [input?.node.name ?? '', data],
        [targetInput, answers],
      ]),
    };
  };
  const losses: number[] = [];
  for (let step = 0; step < test.steps; step++) {
    const batch = batchOf(
      images.subarray(step * size * sample, (step + 1) * size * sample),
      labels.subarray(step * size, (step + 1) * size),
    );
    const rates = ratesAt(schedule, baseLr, { step, steps: test.steps, epoch: 0, epochs: 1 });
    losses.push((await trainer.run(batch, rates, { seed: 1, step })).loss);
  }
  await trainer.release();
  comparison.add('loss', floatTensor([test.steps], losses));
  for (const [name, tensor] of trainer.weights) comparison.add(`final.${name.replace('/', '.')}`, tensor);

  const evaluator = await Evaluator.open(graph, device);
  const shown = tensors.tensor('eval.x');
  const count = shown.shape[0] as number;
  const result = await evaluator.run(
    batchOf(shown.data as Float32Array<ArrayBuffer>, new BigInt64Array(count)),
    trainer.weights,
  );
  await evaluator.release();
  comparison.add('out.eval', floatTensor([count, classes], result.outputs[0]?.said ?? []));
  return comparison.result();
}
