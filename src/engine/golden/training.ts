import type { OptimizerConfig } from '../../graph/document.ts';
import { defaultRecipe } from '../../graph/document.ts';
import { Builder } from '../../ir/builder.ts';
import type { OutputRole, Value } from '../../ir/program.ts';
import { floatTensor, type Tensor } from '../../ir/tensor.ts';
import { emitUpdate } from '../../optim/optimizer.ts';
import { Evaluator } from '../evaluator.ts';
import { feedsOf, zeroState } from '../feeds.ts';
import { type Device, openProgram, targetOf } from '../session.ts';
import { TrainStep } from '../trainStep.ts';
import type { CaseOf, CaseTensors } from './cases.ts';
import { type Compared, Comparison } from './compare.ts';
import { drawGraph, Unsupported } from './draw.ts';

type Setting = Readonly<Record<string, unknown>> & { readonly kind: string };

/** The optimizer of a case in the terms of a recipe. */
function optimizerOf({ kind, ...settings }: Setting, clip: unknown): { config: OptimizerConfig; lr: number } {
  if (clip !== null) throw new Unsupported(`clipping by ${(clip as { by?: string }).by}`);
  if (kind !== 'sgd') throw new Unsupported(`optimizer '${kind}'`);
  const { lr, momentum, weight_decay, nesterov, dampening } = settings;
  if (dampening !== 0) throw new Unsupported(`sgd with dampening ${dampening}`);
  const config = {
    kind,
    learningRate: lr as number,
    momentum: momentum as number,
    weightDecay: weight_decay as number,
    nesterov: nesterov as boolean,
  } as const;
  return { config, lr: config.learningRate };
}

/** `init.fc1.weight` and the like by parameter names of programs, `fc1/weight`. */
const params = (tensors: CaseTensors, prefix: string) =>
  new Map([...tensors.startingWith(prefix)].map(([name, tensor]) => [name.replace('.', '/'), tensor]));

/** The update rule alone: fed the expected gradients, it has to give the expected parameters. */
export async function runOptimizer(test: CaseOf<'optimizer'>, tensors: CaseTensors, device: Device): Promise<Compared> {
  const { config, lr } = optimizerOf(test.optimizer, test.clip);
  const comparison = new Comparison(tensors, test);
  const initial = params(tensors, 'init.');

  const g = new Builder(test.id, targetOf(device));
  const learningRate = g.input('learning_rate', 'float32', [], { kind: 'hyper', hyper: 'learningRate' });
  const outputs: { name: string; value: Value; role: OutputRole }[] = [];
  for (const [name, { shape }] of initial) {
    const param = g.input(name, 'float32', shape, { kind: 'parameter' });
    const gradient = g.input(`${name}_grad`, 'float32', shape, { kind: 'parameter' });
    const memory = new Map<string, Value>();
    const state = (key: string) => {
      const value = g.input(`${config.kind}/${name}/${key}`, 'float32', shape, { kind: 'state' });
      memory.set(key, value);
      return value;
    };
    const update = emitUpdate(g, config, { param, gradient, learningRate, state });
    outputs.push({ name: `${name}_new`, value: update.param, role: { kind: 'update', of: name } });
    for (const [key, { name: of }] of memory) {
      outputs.push({ name: `${of}_new`, value: update.state[key] as Value, role: { kind: 'update', of } });
    }
  }
  const program = g.finish(outputs);
  const session = await openProgram(program, device);
  let held = new Map<string, Tensor>([...initial, ...zeroState(program)]);
  for (let step = 1; step <= test.steps; step++) {
    const gradients = [...params(tensors, `grad${step}.`)].map(([name, tensor]) => [`${name}_grad`, tensor] as const);
    const results = await session.run(feedsOf(program, { held: new Map([...held, ...gradients]), learningRate: lr }));
    held = new Map(held);
    for (const { value, role } of program.outputs) {
      if (role.kind === 'update') held.set(role.of, results.get(value.name) as Tensor);
    }
    for (const name of initial.keys()) comparison.add(`step${step}.${name.replace('/', '.')}`, held.get(name));
  }
  await session.release();
  return comparison.result();
}

/** A whole training run: every loss, the final weights, and the logits they give. */
export async function runTrajectory(
  test: CaseOf<'trajectory'>,
  tensors: CaseTensors,
  device: Device,
): Promise<Compared> {
  const { config, lr } = optimizerOf(test.optimizer, test.clip);
  if (test.schedule !== null) throw new Unsupported(`schedule '${(test.schedule as { kind?: string }).kind}'`);
  const { loss } = test;
  if (loss.kind !== 'cross_entropy' || JSON.stringify(loss.hyper) !== '{"reduction":"mean"}') {
    throw new Unsupported(`loss '${loss.kind}' with ${JSON.stringify(loss.hyper)}`);
  }
  const classes = tensors.get('out.eval').shape[1] as number;
  const graph = drawGraph(test.graph, classes, { recipe: { ...defaultRecipe, optimizer: config } });
  const comparison = new Comparison(tensors, test);

  const trainer = new TrainStep(graph, config, params(tensors, 'init.'), device);
  const images = tensors.tensor('batch.x').data as Float32Array<ArrayBuffer>;
  const labels = tensors.tensor('batch.target').data as BigInt64Array<ArrayBuffer>;
  const size = tensors.get('batch.target').shape[1] as number;
  const sample = images.length / labels.length;
  const losses: number[] = [];
  for (let step = 0; step < test.steps; step++) {
    const batch = {
      size,
      images: images.subarray(step * size * sample, (step + 1) * size * sample),
      labels: labels.subarray(step * size, (step + 1) * size),
    };
    losses.push((await trainer.run(batch, lr, { seed: 1, step })).loss);
  }
  await trainer.release();
  comparison.add('loss', floatTensor([test.steps], losses));
  for (const [name, tensor] of trainer.weights) comparison.add(`final.${name.replace('/', '.')}`, tensor);

  const evaluator = await Evaluator.open(graph, device);
  const shown = tensors.tensor('eval.x');
  const count = shown.shape[0] as number;
  const result = await evaluator.run(
    { size: count, images: shown.data as Float32Array<ArrayBuffer>, labels: new BigInt64Array(count) },
    trainer.weights,
  );
  await evaluator.release();
  comparison.add('out.eval', floatTensor([count, classes], result.logits));
  return comparison.result();
}
