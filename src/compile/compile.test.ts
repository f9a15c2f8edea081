import { describe, expect, it } from 'vitest';
import { check } from '../check/check.ts';
import type { CheckedGraph } from '../check/checkedGraph.ts';
import { type Config, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { edgeId } from '../graph/edges.ts';
import { applyEdits } from '../graph/edits.ts';
import type { Dense } from '../ir/dense.ts';
import { interpret } from '../ir/interpret.ts';
import { ops } from '../ir/ops.ts';
import type { Program } from '../ir/program.ts';
import { CPU, PORTABLE } from '../ir/target.ts';
import { elementCount } from '../ir/tensor.ts';
import { verifyProgram } from '../ir/verify.ts';
import { random } from '../random/philox.ts';
import { compileEvaluation } from './evaluation.ts';
import { bindParameters, compileInference } from './inference.ts';
import { initialParameters } from './initialize.ts';
import { compileTrainStep } from './trainStep.ts';

const rows: [string, string, Config][] = [
  ['input', 'image', { shape: [1, 8, 8] }],
  ['conv2d', 'conv1', { outChannels: 3, kernelSize: [3, 3], padding: [1, 1] }],
  ['tanh', 'tanh1', {}],
  ['avgPool2d', 'pool1', {}],
  ['conv2d', 'conv2', { outChannels: 4, kernelSize: [3, 3] }],
  ['sigmoid', 'sigmoid1', {}],
  ['flatten', 'flatten', {}],
  ['linear', 'fc1', { outFeatures: 5 }],
  ['classifier', 'answer', { classes: 5 }],
];

const document: NetworkDocument = {
  ...emptyDocument,
  name: 'small',
  nodes: rows.map(([layer, name, config], i) => ({ id: name, layer, name, config, position: { x: 0, y: i * 100 } })),
  edges: rows.slice(1).map(([, name], i) => {
    const [from, to] = [
      { node: rows[i][1], port: 'y' },
      { node: name, port: 'x' },
    ];
    return { id: edgeId(from, to), from, to };
  }),
};

function checked(doc: NetworkDocument): CheckedGraph {
  const { graph, diagnostics } = check(doc);
  if (graph === null) throw new Error(diagnostics.map(({ message }) => message.en).join('\n'));
  return graph;
}

const graph = checked(document);
const optimizer = { kind: 'sgd', momentum: 0.9, weightDecay: 0.01, nesterov: true } as const;
const names = (program: Program) => program.inputs.map(({ value }) => value.name);

const dense = (shape: readonly number[], data: ArrayLike<number>): Dense => ({ shape, data: Float64Array.from(data) });

/** Feeds with a batch of `n` random images and initial parameters. */
function feeds(program: Program, n: number): Record<string, Dense> {
  const rng = random(3, 'feeds');
  const params = initialParameters(graph, 1);
  return Object.fromEntries(
    program.inputs.map(({ value, role }) => {
      const shape = value.shape.map((dim) => (typeof dim === 'number' ? dim : n));
      const count = elementCount(shape);
      if (role.kind === 'parameter') return [value.name, dense(shape, params.get(value.name)?.data as Float32Array)];
      if (role.kind === 'target')
        return [
          value.name,
          dense(
            shape,
            Array.from({ length: count }, () => rng.below(5)),
          ),
        ];
      if (role.kind === 'hyper') return [value.name, dense([], [0.1])];
      if (role.kind === 'state')
        return [
          value.name,
          dense(
            shape,
            Array.from({ length: count }, () => rng.normal() / 10),
          ),
        ];
      return [
        value.name,
        dense(
          shape,
          Array.from({ length: count }, () => rng.normal()),
        ),
      ];
    }),
  );
}

describe('programs', () => {
  const programs = {
    inference: compileInference(graph),
    evaluation: compileEvaluation(graph, CPU),
    'training step': compileTrainStep(graph, { optimizer, batch: 3, target: CPU }),
    'portable training step': compileTrainStep(graph, { optimizer, batch: 3, target: PORTABLE }),
  };
  it.each(Object.entries(programs))('%s is valid', (_, program) => expect(verifyProgram(program)).toEqual([]));

  it('have the documented inputs and outputs', () => {
    const params = ['conv1/weight', 'conv1/bias', 'conv2/weight', 'conv2/bias', 'fc1/weight', 'fc1/bias'];
    expect(names(programs.inference)).toEqual(['image', ...params]);
    expect(programs.inference.outputs.map(({ value }) => [value.name, value.shape])).toEqual([
      ['logits', ['N', 5]],
      ['probabilities', ['N', 5]],
    ]);
    expect(names(programs['training step'])).toEqual([
      'image',
      ...params,
      'target',
      'learning_rate',
      ...params.map((name) => `sgd/${name}/momentum`),
    ]);
    expect(programs['training step'].outputs.map(({ value }) => value.name)).toEqual([
      'loss',
      'correct',
      ...params.flatMap((name) => [`${name}_new`, `sgd/${name}/momentum_new`]),
    ]);
    const made = programs['training step'].ops.flatMap(({ outputs }) => outputs.map(({ name }) => name));
    expect(made).toEqual(expect.arrayContaining(params.map((name) => `${name}_grad`)));
  });

  it('use only the default domain if they must run everywhere', () => {
    for (const name of ['inference', 'portable training step'] as const) {
      expect(programs[name].ops.filter(({ op }) => ops[op].domain !== '')).toEqual([]);
    }
  });

  it('agree: portable and fast step, evaluation and inference', () => {
    const step = programs['training step'];
    const fed = feeds(step, 3);
    const fast = interpret(step, fed);
    const portable = interpret(programs['portable training step'], fed);
    for (const { value } of step.outputs) {
      for (const [i, x] of fast[value.name].data.entries()) expect(x).toBeCloseTo(portable[value.name].data[i], 12);
    }
    const evaluated = interpret(programs.evaluation, fed);
    expect(evaluated.loss.data[0]).toBeCloseTo(fast.loss.data[0], 12);
    const { data: answers } = fed.target;
    const right = Array.from(answers).filter((answer, i) => {
      const scores = Array.from(evaluated.logits.data.slice(5 * i, 5 * i + 5));
      return scores.indexOf(Math.max(...scores)) === answer;
    });
    expect(evaluated.correct.data[0]).toBe(right.length);
    expect(interpret(programs.inference, fed).logits).toEqual(evaluated.logits);
  });

  it('update by the gradient of the loss, with momentum, weight decay and Nesterov as in PyTorch', () => {
    const step = programs['portable training step'];
    const fed = feeds(step, 3);
    const after = interpret(step, fed);
    const h = 1e-5;
    for (const name of ['conv1/weight', 'conv2/bias', 'fc1/weight']) {
      const w = fed[name];
      const at = Math.floor(w.data.length / 2);
      const lossAt = (delta: number) => {
        const data = w.data.map((x, i) => (i === at ? x + delta : x));
        return interpret(step, { ...fed, [name]: { shape: w.shape, data } }).loss.data[0];
      };
      const decayed = (lossAt(h) - lossAt(-h)) / (2 * h) + optimizer.weightDecay * w.data[at];
      const velocity = optimizer.momentum * fed[`sgd/${name}/momentum`].data[at] + decayed;
      expect(after[`sgd/${name}/momentum_new`].data[at]).toBeCloseTo(velocity, 7);
      expect(after[`${name}_new`].data[at]).toBeCloseTo(
        w.data[at] - 0.1 * (decayed + optimizer.momentum * velocity),
        7,
      );
    }
  });

  it('do not update frozen layers, and have no backward pass before them', () => {
    const frozen = checked(
      applyEdits(
        document,
        ['conv1', 'conv2'].map((node) => ({ kind: 'setFrozen', node, frozen: true }) as const),
      ),
    );
    const step = compileTrainStep(frozen, { optimizer, batch: 3, target: PORTABLE });
    expect(step.outputs.map(({ value }) => value.name)).toEqual([
      'loss',
      'correct',
      'fc1/weight_new',
      'sgd/fc1/weight/momentum_new',
      'fc1/bias_new',
      'sgd/fc1/bias/momentum_new',
    ]);
    expect(step.ops.filter(({ op }) => op === 'Conv')).toHaveLength(2);
  });
});

describe('bindParameters', () => {
  it('makes the weights constants', () => {
    const program = compileInference(graph);
    const bound = bindParameters(program, initialParameters(graph, 1));
    expect(names(bound)).toEqual(['image']);
    expect(verifyProgram(bound)).toEqual([]);
    const fed = feeds(program, 2);
    expect(interpret(bound, { image: fed.image }).logits).toEqual(interpret(program, fed).logits);
  });

  it('refuses missing weights and weights of a different shape', () => {
    const params = initialParameters(graph, 1);
    const program = compileInference(graph);
    const short = new Map(params);
    short.delete('fc1/bias');
    expect(() => bindParameters(program, short)).toThrow("there is no weight 'fc1/bias'");
    const wrong = new Map(params).set('fc1/bias', { dtype: 'float32', shape: [4], data: new Float32Array(4) });
    expect(() => bindParameters(program, wrong)).toThrow(
      "weight 'fc1/bias' is float32 [4], the program needs float32 [5]",
    );
  });
});

describe('initialParameters', () => {
  it('is the same for the same seed, differs between seeds, and does not depend on other layers', () => {
    const weight = (of: CheckedGraph, seed: number) => initialParameters(of, seed).get('conv1/weight')?.data;
    expect(weight(graph, 1)).toEqual(weight(graph, 1));
    expect(weight(graph, 1)).not.toEqual(weight(graph, 2));
    const shorter = checked(applyEdits(document, [{ kind: 'removeNodes', nodes: ['conv2', 'sigmoid1'], heal: true }]));
    expect(weight(shorter, 1)).toEqual(weight(graph, 1));
  });
});
