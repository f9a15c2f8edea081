import { Builder } from '../../ir/builder.ts';
import { floatTensor, type Tensor } from '../../ir/tensor.ts';
import { hyperValues } from '../../optim/optimizer.ts';
import { plateauReport, plateauStart, type Rates, ratesAt } from '../../optim/schedules.ts';
import { emitUpdates, type TrainedParam } from '../../optim/updates.ts';
import { feedsOf, initialState } from '../feeds.ts';
import { type Device, openProgram, targetOf } from '../session.ts';
import type { CaseOf, CaseTensors } from './cases.ts';
import { Comparison, type ComparisonResult } from './compare.ts';
import { clipOf, optimizerOf, scheduleOf } from './settings.ts';

/** Tensors such as `init.fc1.weight`, by the parameter names of programs, `fc1/weight`. */
export const params = (tensors: CaseTensors, prefix: string) =>
  new Map([...tensors.startingWith(prefix)].map(([name, tensor]) => [name.replace('.', '/'), tensor]));

/** Runs only the update rule: with the expected gradients, it must compute the expected parameters. */
export async function runOptimizer(
  test: CaseOf<'optimizer'>,
  tensors: CaseTensors,
  device: Device,
): Promise<ComparisonResult> {
  const optimizer = optimizerOf(test.optimizer);
  const clip = clipOf(test.clip);
  const reportNorm = tensors.has('norm');
  const comparison = new Comparison(tensors, test);
  const initial = params(tensors, 'init.');

  const g = new Builder(test.id, targetOf(device));
  const trained = [...initial].map(([name, { shape }]): TrainedParam => {
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

/** Compares the learning rates of a schedule, step by step. */
export function runSchedule(test: CaseOf<'schedule'>, tensors: CaseTensors): ComparisonResult {
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
