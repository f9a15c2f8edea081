import { expect, it } from 'vitest';
import { backward } from '../autodiff/backward.ts';
import { Builder } from '../ir/builder.ts';
import { interpret } from '../ir/interpret.ts';
import type { Value } from '../ir/program.ts';
import { floatTensor } from '../ir/tensor.ts';
import { crossEntropy } from './losses.ts';

const x = [
  [1.5, -0.5, 2, 0.25],
  [-1, 3, 0.5, -2],
  [0, 1, -1.5, 2.5],
];
const target = [
  [0.7, 0.3, 0, 0],
  [0, 0, 1, 0],
  [0, 0.25, 0, 0.75],
];
const weights = [1, 2, 0.5, 3];

/** Loss and gradient of torch.nn.functional.cross_entropy (PyTorch 2.6, float64) with these probabilities. */
const torch = [
  {
    what: 'plain',
    smoothing: 0,
    weighted: false,
    loss: 1.6596474142445166,
    gradient: [
      [-0.12477555, -0.0853083, 0.17898153, 0.03110233],
      [0.00551441, 0.30107643, -0.30861947, 0.00202864],
      [0.02067324, -0.02713765, 0.00461282, 0.00185159],
    ],
  },
  {
    what: 'with label smoothing',
    smoothing: 0.1,
    weighted: false,
    loss: 1.7292307475778503,
    gradient: [
      [-0.10977555, -0.08364164, 0.17064819, 0.02276899],
      [-0.00281893, 0.2927431, -0.28361947, -0.0063047],
      [0.0123399, -0.02713765, -0.00372051, 0.01851825],
    ],
  },
  {
    what: 'with class weights',
    smoothing: 0,
    weighted: true,
    loss: 1.8267137384104568,
    gradient: [
      [-0.09220822, -0.18090079, 0.23267598, 0.04043302],
      [0.0027572, 0.15053822, -0.15430974, 0.00101432],
      [0.0568514, -0.01212853, 0.01268526, -0.05740813],
    ],
  },
  {
    what: 'with both',
    smoothing: 0.1,
    weighted: true,
    loss: 2.019255902717479,
    gradient: [
      [-0.07368009, -0.17708998, 0.23432622, 0.01644385],
      [-0.00495576, 0.16774265, -0.13902943, -0.02375746],
      [0.04619233, -0.01845055, 0.00799965, -0.03574144],
    ],
  },
];

it.each(torch)('the cross-entropy of probabilities is that of PyTorch, $what', (expected) => {
  const g = new Builder('soft');
  const logits = g.input('x', 'float32', [3, 4], { kind: 'data' });
  const probabilities = g.input('target', 'float32', [3, 4], { kind: 'target' });
  const loss = crossEntropy(g, logits, probabilities, 'mean', {
    labelSmoothing: expected.smoothing,
    ...(expected.weighted && { weights: g.constant(floatTensor([4], weights)) }),
  });
  const gradient = backward(g, loss, [logits]).get(logits) as Value;
  const program = g.finish([
    { value: loss, name: 'loss', role: { kind: 'loss' } },
    { value: gradient, name: 'dx', role: { kind: 'prediction' } },
  ]);
  const results = interpret(program, {
    x: { shape: [3, 4], data: Float64Array.from(x.flat()) },
    target: { shape: [3, 4], data: Float64Array.from(target.flat()) },
  });
  expect(results.loss?.data[0]).toBeCloseTo(expected.loss, 6);
  const found = Array.from(results.dx?.data ?? []);
  for (const [i, value] of expected.gradient.flat().entries()) expect(found[i]).toBeCloseTo(value, 6);
});
