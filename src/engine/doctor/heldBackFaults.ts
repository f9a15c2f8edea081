import type { Dataset } from '../../data/dataset.ts';
import type { Code } from '../../doctor/finding.ts';
import type { NetworkDocument } from '../../graph/document.ts';
import { defaultOptimizers, defaultSchedules, type Recipe } from '../../graph/recipe.ts';
import { floatTensor } from '../../ir/tensor.ts';
import type { Tensors } from '../session.ts';
import { numbers, pick, shapeImages } from './datasets.ts';
import {
  adam,
  chain,
  classes,
  flatImages,
  hidden,
  type Row,
  sgd,
  small,
  smoothed,
  templateDocument,
} from './networks.ts';
import type { Case } from './trial.ts';

/**
 * Networks that could learn, but are prevented by their training settings or by dropout. `digits`: the embedded MNIST
 * images.
 */
export function heldBackFaults(digits: Dataset): Case[] {
  const images = shapeImages(1500);
  const some = pick(digits, numbers(0, 1500));
  const on =
    (data: Dataset, document: (recipe: Partial<Recipe>) => NetworkDocument) =>
    (name: string, code: Code, recipe: Partial<Recipe>): Case => ({
      name,
      code,
      document: document({ batchSize: 32, epochs: 4, ...recipe }),
      data,
    });
  const lenet = on(some, (recipe) => templateDocument('lenet_modern', recipe));
  const mlp = (behind: readonly Row[], end: Row[] = classes(10)) =>
    on(images, (recipe) => chain([...flatImages, ...hidden([64, 64], behind), ...end], recipe));
  const relu = mlp([['relu']]);
  const convolutions = on(images, (recipe) => chain(small([['relu']]), recipe));
  const { step, multistep, exponential, warmupCosine, oneCycle, plateau } = defaultSchedules;
  return [
    lenet('digits, a warm-up longer than the run', 'steps-held-back', {
      optimizer: sgd(0.1),
      schedule: { ...warmupCosine, warmupSteps: 10_000 },
    }),
    relu('a warm-up of 500 epochs, Adam', 'steps-held-back', {
      optimizer: adam(1e-3),
      schedule: { ...warmupCosine, unit: 'epoch', warmupSteps: 500 },
    }),
    relu('a step schedule to 0', 'steps-held-back', {
      optimizer: sgd(0.1),
      schedule: { ...step, unit: 'step', stepSize: 10, gamma: 1e-6 },
    }),
    lenet('digits, a step schedule to 0 after an epoch', 'steps-held-back', {
      optimizer: sgd(0.03),
      epochs: 6,
      schedule: { ...step, stepSize: 1, gamma: 1e-9 },
    }),
    lenet('digits, an exponential schedule of 0.01', 'steps-held-back', {
      optimizer: sgd(0.03),
      epochs: 6,
      schedule: { ...exponential, gamma: 0.01 },
    }),
    relu('an exponential schedule by steps', 'steps-held-back', {
      optimizer: adam(1e-3),
      schedule: { ...exponential, unit: 'step', gamma: 0.8 },
    }),
    relu('a milestone at the start', 'steps-held-back', {
      optimizer: sgd(0.1),
      schedule: { ...multistep, milestones: [0], gamma: 1e-4 },
    }),
    relu('one cycle of a tiny peak', 'steps-held-back', {
      optimizer: sgd(0.1),
      schedule: { ...oneCycle, maxLr: 1e-5 },
    }),
    relu('one cycle that ends after 10 steps', 'steps-held-back', {
      optimizer: adam(1e-3),
      schedule: { ...oneCycle, totalSteps: 10 },
    }),
    relu('a plateau schedule without patience', 'steps-held-back', {
      optimizer: sgd(0.03),
      epochs: 16,
      schedule: { ...plateau, patience: 0, threshold: 1, factor: 1e-6 },
    }),
    relu('Adam, epsilon 10', 'steps-held-back', { optimizer: { ...defaultOptimizers.adam, eps: 10 } }),
    lenet('digits, Adam, epsilon 10', 'steps-held-back', { optimizer: { ...defaultOptimizers.adam, eps: 10 } }),
    convolutions('RMSprop, epsilon 100', 'steps-held-back', {
      optimizer: { ...defaultOptimizers.rmsprop, learningRate: 1e-3, eps: 100 },
    }),
    relu('Adagrad, rate decay 100', 'steps-held-back', { optimizer: { ...defaultOptimizers.adagrad, lrDecay: 100 } }),
    relu('Adagrad, first accumulator 1e6', 'steps-held-back', {
      optimizer: { ...defaultOptimizers.adagrad, initialAccumulator: 1e6 },
    }),
    relu('dampening 0.999', 'steps-held-back', {
      optimizer: { ...defaultOptimizers.sgd, learningRate: 0.01, momentum: 0.9, dampening: 0.999 },
    }),
    relu('all parameters in a group of rate 0', 'steps-held-back', {
      optimizer: sgd(0.1),
      groups: [{ match: 'linear', learningRateScale: 1e-6 }],
    }),
    mlp([['relu'], ['dropout', { p: 0.95 }]])('dropout of 0.95 behind two layers', 'dropout-too-strong', {
      optimizer: sgd(0.1),
    }),
    on(some, (recipe) => withDropout(templateDocument('mlp_dropout', recipe), 0.95))(
      'digits, dropout of 0.95 behind two layers',
      'dropout-too-strong',
      { optimizer: sgd(0.1), epochs: 3 },
    ),
    on(images, (recipe) =>
      chain([...flatImages, ...hidden([64, 64, 64, 64], [['relu'], ['dropout', { p: 0.7 }]]), ...classes(10)], recipe),
    )('dropout of 0.7 behind four layers', 'dropout-too-strong', { optimizer: sgd(0.1) }),
    mlp([['relu']], smoothed(0.9))('label smoothing of 0.9', 'label-smoothing', { optimizer: sgd(0.1) }),
    {
      ...relu('single samples at rate 0.1 with momentum 0.9', 'rate-too-high', {
        optimizer: sgd(0.1, 0.9),
        batchSize: 1,
        epochs: 1,
      }),
      also: 'loss-exploding',
    },
    {
      ...lenet('digits, single samples at rate 0.1 with momentum 0.9', 'rate-too-high', {
        optimizer: sgd(0.1, 0.9),
        batchSize: 1,
        epochs: 1,
      }),
      also: 'loss-exploding',
    },
    {
      ...relu('a schedule that raises the rate tenfold every epoch', 'rate-too-high', {
        optimizer: sgd(0.1),
        schedule: { ...exponential, gamma: 10 },
      }),
      also: 'loss-exploding',
    },
    {
      ...mlp([['sigmoid']])('sigmoids saturated by weights fifty times too large', 'plateau', { optimizer: sgd(0.1) }),
      weights: fiftyfold,
      also: 'vanishing-gradients',
    },
  ];
}

const withDropout = (document: NetworkDocument, p: number): NetworkDocument => ({
  ...document,
  nodes: document.nodes.map((node) => (node.layer === 'dropout' ? { ...node, config: { ...node.config, p } } : node)),
});

const fiftyfold = (initial: Tensors): Tensors =>
  new Map(
    [...initial].map(([name, { shape, data }]) => [
      name,
      floatTensor(
        shape,
        Float32Array.from(data as Float32Array, (x) => (name.endsWith('/weight') ? 50 * x : x)),
      ),
    ]),
  );
