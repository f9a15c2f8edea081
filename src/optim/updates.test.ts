import { fileURLToPath } from 'node:url';
import { describe, expect, it, test } from 'vitest';
import { openCases } from '../engine/golden/cases.ts';
import { clipOf, optimizerOf } from '../engine/golden/settings.ts';
import { defaultOptimizers, defaultSchedules, type OptimizerConfig } from '../graph/recipe.ts';
import { Builder } from '../ir/builder.ts';
import { type Dense, interpret } from '../ir/interpret.ts';
import type { Program } from '../ir/program.ts';
import { elementCount } from '../ir/tensor.ts';
import { verifyProgram } from '../ir/verify.ts';
import { random } from '../random/philox.ts';
import { hyperValues } from './optimizer.ts';
import { emitUpdates, type TrainedParam, type UpdateSettings } from './updates.ts';

type Tensors = Readonly<Record<string, Dense>>;

const dense = (shape: readonly number[], data: ArrayLike<number | bigint>): Dense => ({
  shape,
  data: Float64Array.from(data as ArrayLike<number>, Number),
});

/** A program with only the updates of parameters of the given shapes and roles; gradients `<name>_grad` are fed. */
function updates(
  settings: UpdateSettings,
  shapes: Readonly<Record<string, readonly number[]>>,
  roles: Readonly<Record<string, TrainedParam['role']>> = {},
): Program {
  const g = new Builder('updates');
  const trained = Object.entries(shapes).map(([name, shape]): TrainedParam => {
    const param = g.input(name, 'float32', shape, { kind: 'parameter' });
    const gradient = g.input(`${name}_grad`, 'float32', shape, { kind: 'parameter' });
    return { name, param, gradient, role: roles[name] ?? 'weight' };
  });
  const program = g.finish(emitUpdates(g, settings, trained));
  expect(verifyProgram(program)).toEqual([]);
  return program;
}

/** Initial optimizer state, from the roles of the program. */
function initialState(program: Program): Tensors {
  return Object.fromEntries(
    program.inputs.flatMap(({ value, role }) => {
      if (role.kind !== 'state') return [];
      const shape = value.shape.map(Number);
      return [[value.name, dense(shape, new Float64Array(elementCount(shape)).fill(role.initial))]];
    }),
  );
}

const hyperNames = (program: Program) =>
  program.inputs.flatMap(({ role }) => (role.kind === 'hyper' ? [role.hyper] : [])).sort();

interface StepOf {
  readonly optimizer: OptimizerConfig;
  readonly step: number;
  readonly momentum?: number;
}

/** Runs one step. Returns the new values by input name, and the other outputs. */
function run(program: Program, held: Tensors, gradients: Tensors, at: StepOf): { held: Tensors; outputs: Tensors } {
  const values = hyperValues(at.optimizer, { ...at, learningRate: at.optimizer.learningRate });
  const hypers = program.inputs.flatMap(({ value, role }) =>
    role.kind === 'hyper' ? [[value.name, dense([], [values[role.hyper as keyof typeof values] as number])]] : [],
  );
  const outputs = interpret(program, { ...held, ...gradients, ...Object.fromEntries(hypers) });
  const next = program.outputs.flatMap(({ value, role }) =>
    role.kind === 'update' ? [[role.of, outputs[value.name]]] : [],
  );
  return { held: { ...held, ...Object.fromEntries(next) }, outputs };
}

function expectClose(got: Dense | undefined, want: ArrayLike<number>, { rtol = 1e-12, atol = 1e-12 } = {}) {
  const scale = Math.max(...Array.from(want, Math.abs));
  expect(got?.data).toHaveLength(want.length);
  const off = Array.from(want, (x, i) => Math.abs((got?.data[i] ?? Number.NaN) - x));
  expect(Math.max(...off)).toBeLessThanOrEqual(atol + rtol * scale);
}

describe('golden cases', async () => {
  const set = await openCases(fileURLToPath(new URL('../../testdata/golden/cases.json', import.meta.url)));
  test.each(set.cases.filter(({ group }) => group === 'optimizer'))('$id', async (golden) => {
    if (golden.group !== 'optimizer') throw new Error('filtered');
    const tensors = await set.tensorsOf(golden);
    const named = (prefix: string): Tensors =>
      Object.fromEntries(
        [...tensors.startingWith(prefix)].map(([name, { shape, data }]) => [name, dense(shape, data)]),
      );
    const optimizer = optimizerOf(golden.optimizer);
    const initial = named('init.');
    const shapes = Object.fromEntries(Object.entries(initial).map(([name, { shape }]) => [name, shape]));
    const clip = clipOf(golden.clip);
    const program = updates({ optimizer, ...(clip && { clip }), reportNorm: tensors.has('norm') }, shapes);
    let held: Tensors = { ...initial, ...initialState(program) };
    for (let step = 1; step <= golden.steps; step++) {
      const gradients = Object.entries(named(`grad${step}.`)).map(([name, x]) => [`${name}_grad`, x]);
      const result = run(program, held, Object.fromEntries(gradients), { optimizer, step });
      held = result.held;
      for (const [name, { data }] of Object.entries(named(`step${step}.`)))
        expectClose(held[name], data, golden.tolerance);
      if (tensors.has('norm')) {
        expectClose(result.outputs.gradient_norm, [Number(tensors.get('norm').data[step - 1])], golden.tolerance);
      }
    }
  });
});

const sgd = defaultOptimizers.sgd;
const variants: readonly (readonly [string, OptimizerConfig])[] = [
  ...Object.entries(defaultOptimizers),
  ['sgd with momentum', { ...sgd, momentum: 0.9, nesterov: true, weightDecay: 0.1 }],
  ['sgd with dampening', { ...sgd, momentum: 0.9, dampening: 0.5 }],
  ['sgd with dampening alone', { ...sgd, dampening: 0.5 }],
  ['adam, amsgrad', { ...defaultOptimizers.adam, amsgrad: true, weightDecay: 0.1 }],
  ['rmsprop, centered', { ...defaultOptimizers.rmsprop, centered: true, momentum: 0.9 }],
  ['adagrad, decaying', { ...defaultOptimizers.adagrad, lrDecay: 0.1, initialAccumulator: 0.5 }],
];

describe('hypers', () => {
  test.each(variants)('of %s are those of hyperValues', (_, optimizer) => {
    const given = (momentum?: number) =>
      Object.keys(hyperValues(optimizer, { step: 3, learningRate: 0.1, ...(momentum !== undefined && { momentum }) }));
    expect(hyperNames(updates({ optimizer }, { w: [2, 3] }))).toEqual(given().sort());
    const schedule = defaultSchedules.oneCycle;
    const cycled = updates({ optimizer, schedule }, { w: [2, 3] });
    for (const momentum of [0, 0.9]) expect(hyperNames(cycled)).toEqual(given(momentum).sort());
    const steady = updates({ optimizer, schedule: { ...schedule, cycleMomentum: false } }, { w: [2, 3] });
    expect(hyperNames(steady)).toEqual(given().sort());
  });

  it('are computed in float64', () => {
    const { adam, adagrad } = defaultOptimizers;
    expect(hyperValues(adam, { step: 1, learningRate: 0.1 }).biasCorrection2).toBe(1 - 0.999);
    expect(hyperValues(adam, { step: 7, learningRate: 0.1, momentum: 0.8 }).biasCorrection1).toBe(1 - 0.8 ** 7);
    expect(hyperValues({ ...adagrad, lrDecay: 0.5 }, { step: 3, learningRate: 0.1 })).toEqual({ learningRate: 0.05 });
  });
});

const rng = random(5, 'updates');
const drawn = (...shape: number[]): Dense =>
  dense(
    shape,
    Array.from({ length: elementCount(shape) }, () => rng.normal()),
  );

describe('a cycled momentum', () => {
  test.each(
    variants.filter(([, { kind }]) => kind !== 'adagrad'),
  )('of %s has the effect of a constant of equal value', (_, optimizer) => {
    const constant =
      optimizer.kind === 'adam' || optimizer.kind === 'adamw'
        ? { ...optimizer, beta1: 0.7 }
        : { ...optimizer, momentum: 0.7 };
    const plain = updates({ optimizer: constant as OptimizerConfig }, { w: [4] });
    const cycled = updates({ optimizer, schedule: defaultSchedules.oneCycle }, { w: [4] });
    const start = drawn(4);
    let held = [plain, cycled].map((program): Tensors => ({ w: start, ...initialState(program) }));
    for (let step = 1; step <= 3; step++) {
      const gradients = { w_grad: drawn(4) };
      held = [
        run(plain, held[0], gradients, { optimizer: constant as OptimizerConfig, step }).held,
        run(cycled, held[1], gradients, { optimizer, step, momentum: 0.7 }).held,
      ];
      // A constant is rounded to float32, an input of the interpreter is not.
      expectClose(held[1]?.w, held[0]?.w.data as Float64Array, { rtol: 1e-6 });
    }
  });
});

describe('groups', () => {
  const shapes = {
    'conv1/weight': [2],
    'conv1/bias': [2],
    'conv10/weight': [2],
    'norm1/weight': [2],
    'norm1/bias': [2],
  };
  const roles = { 'conv1/bias': 'bias', 'norm1/weight': 'norm', 'norm1/bias': 'norm' } as const;
  const optimizer = { ...sgd, learningRate: 1, weightDecay: 0.5 };
  /** Decrease of weights of 1 with gradients of 1, one number per parameter. */
  function steps(settings: Omit<UpdateSettings, 'optimizer'>, of: OptimizerConfig = optimizer): number[] {
    const program = updates({ optimizer: of, ...settings }, shapes, roles);
    const ones = Object.keys(shapes).map((name) => [name, dense([2], [1, 1])] as const);
    const gradients = Object.fromEntries(ones.map(([name, one]) => [`${name}_grad`, one]));
    const { held } = run(program, { ...Object.fromEntries(ones), ...initialState(program) }, gradients, {
      optimizer: of,
      step: 1,
    });
    return Object.keys(shapes).map((name) => Number((1 - (held[name]?.data[0] as number)).toFixed(6)));
  }

  test.each<[string, Omit<UpdateSettings, 'optimizer'>, number[]]>([
    ['none', {}, [1.5, 1.5, 1.5, 1.5, 1.5]],
    ['no decay of biases and norms', { decayBiasAndNorm: false }, [1.5, 1, 1.5, 1, 1]],
    [
      'by the start of the name',
      { groups: [{ match: 'conv1', learningRateScale: 0.1 }] },
      [0.15, 0.15, 0.15, 1.5, 1.5],
    ],
    ['by the node', { groups: [{ match: 'conv1/', learningRateScale: 0.1 }] }, [0.15, 0.15, 1.5, 1.5, 1.5]],
    [
      'the first that fits',
      {
        groups: [
          { match: 'conv1/', weightDecay: 0 },
          { match: 'conv', learningRateScale: 0 },
        ],
      },
      [1, 1, 0, 1.5, 1.5],
    ],
    [
      'a decay of its own, not for biases',
      { decayBiasAndNorm: false, groups: [{ match: 'conv1/', weightDecay: 2, learningRateScale: 2 }] },
      [6, 2, 1.5, 1, 1],
    ],
  ])('%s', (_, settings, expected) => expect(steps(settings)).toEqual(expected));

  it('scale the weight decay of AdamW with the learning rate', () => {
    const adamw = { ...defaultOptimizers.adamw, learningRate: 0.1, weightDecay: 0.5 };
    // The first step of Adam equals the learning rate, here after the factor 1 − η·λ.
    expect(steps({ groups: [{ match: 'norm', learningRateScale: 2 }] }, adamw)).toEqual([0.15, 0.15, 0.15, 0.3, 0.3]);
  });
});

describe('clipping', () => {
  const optimizer = { ...sgd, learningRate: 1 };
  const shapes = { a: [3], b: [2, 2, 1, 1], c: [] };
  const clipped = (settings: Omit<UpdateSettings, 'optimizer'>, gradients: Record<keyof typeof shapes, number[]>) => {
    const program = updates({ optimizer, ...settings }, shapes);
    const zeros = Object.entries(shapes).map(([name, shape]) => [
      name,
      dense(shape, Array(elementCount(shape)).fill(0)),
    ]);
    const fed = Object.entries(gradients).map(([name, x]) => [`${name}_grad`, dense(shapes[name as 'a'], x)]);
    const { held, outputs } = run(program, Object.fromEntries(zeros), Object.fromEntries(fed), { optimizer, step: 1 });
    return { taken: Object.keys(shapes).flatMap((name) => Array.from(held[name]?.data ?? [], (x) => 0 - x)), outputs };
  };
  const gradients = { a: [1, -2, 2], b: [0, 2, -4, 0], c: [-20] };
  const flat = [...gradients.a, ...gradients.b, ...gradients.c];
  const norm = Math.hypot(...flat);

  it('by norm uses the norm of all gradients together', () => {
    const { taken, outputs } = clipped({ clip: { kind: 'norm', maxNorm: 2 }, reportNorm: true }, gradients);
    flat.forEach((x, i) => {
      expect(taken[i]).toBeCloseTo((x * 2) / (norm + 1e-6), 6);
    });
    expect(outputs.gradient_norm?.data[0]).toBeCloseTo(norm, 12);
    expect(Math.hypot(...taken)).toBeLessThanOrEqual(2);
  });

  it('by norm does not change small gradients or zeros', () => {
    expect(clipped({ clip: { kind: 'norm', maxNorm: 30 } }, gradients).taken).toEqual(flat);
    const zeros = { a: [0, 0, 0], b: [0, 0, 0, 0], c: [0] };
    expect(clipped({ clip: { kind: 'norm', maxNorm: 1 } }, zeros).taken).toEqual(Array(8).fill(0));
  });

  it('by value limits each value', () => {
    const { taken, outputs } = clipped({ clip: { kind: 'value', clipValue: 1.5 }, reportNorm: true }, gradients);
    expect(taken).toEqual([1, -1.5, 1.5, 0, 1.5, -1.5, 0, -1.5]);
    expect(outputs.gradient_norm?.data[0]).toBeCloseTo(norm, 12);
  });

  it('supports any number of parameters', () => {
    const many = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`p${i}`, [2]]));
    const program = updates({ optimizer, reportNorm: true }, many);
    const held = Object.fromEntries(Object.keys(many).map((name) => [name, dense([2], [0, 0])]));
    const fed = Object.fromEntries(Object.keys(many).map((name) => [`${name}_grad`, dense([2], [1, 1])]));
    const { outputs } = run(program, held, fed, { optimizer, step: 1 });
    expect(outputs.gradient_norm?.data[0]).toBeCloseTo(Math.sqrt(300), 12);
  });
});

describe('programs', () => {
  it('contain the initial optimizer state', () => {
    const optimizer = { ...defaultOptimizers.adagrad, initialAccumulator: 0.5 };
    const roles = updates({ optimizer }, { w: [2] }).inputs.map(({ role }) => role);
    expect(roles).toContainEqual({ kind: 'state', initial: 0.5 });
  });

  test.each(variants)('of %s flatten tensors whose last axes have size 1, with the same results', (_, optimizer) => {
    const clip = { kind: 'norm', maxNorm: 1 } as const;
    const pointwise = updates({ optimizer, clip }, { w: [2, 3, 1, 1] });
    const plain = updates({ optimizer, clip }, { w: [2, 3] });
    for (const { op, inputs, outputs } of pointwise.ops) {
      if (inputs.some((value) => value?.shape.length === 0)) {
        for (const { shape } of outputs) expect(`${op} ${shape.length > 1 && shape.at(-1) === 1}`).toBe(`${op} false`);
      }
    }
    const [param, gradient] = [drawn(2, 3), drawn(2, 3)];
    const after = [pointwise, plain].map((program) => {
      const shape = program.inputs[0]?.value.shape.map(Number) as number[];
      const as = ({ data }: Dense) => dense(shape, data);
      const held = { w: as(param), ...initialState(program) };
      return run(program, held, { w_grad: as(gradient) }, { optimizer, step: 1 }).held.w as Dense;
    });
    expect(after[0]?.shape).toEqual([2, 3, 1, 1]);
    expectClose(after[0], after[1]?.data as Float64Array);
  });

  it('are empty without trained parameters', () => {
    const g = new Builder('nothing');
    expect(emitUpdates(g, { optimizer: sgd, clip: { kind: 'norm', maxNorm: 1 }, reportNorm: true }, [])).toEqual([]);
    expect(g.ops).toEqual([]);
  });
});
