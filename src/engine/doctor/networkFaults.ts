import type { Recipe } from '../../graph/document.ts';
import { floatTensor } from '../../ir/tensor.ts';
import type { Tensors } from '../session.ts';
import { scaled, shapeImages, toy } from './datasets.ts';
import { adam, chain, classes, flatImages, hidden, point, type Row, sgd, small } from './networks.ts';
import type { Case } from './trial.ts';

/** Sets biases so low that the unit is 0 for all samples. */
const drowned =
  (name: string) =>
  (initial: Tensors): Tensors => {
    const weights = new Map(initial);
    const bias = weights.get(name);
    if (bias === undefined) throw new Error(`no parameter ${name}`);
    weights.set(name, floatTensor(bias.shape, new Float32Array(bias.data.length).fill(-20)));
    return weights;
  };

const short = (rows: readonly Row[], recipe: Partial<Recipe>) => chain(rows, { batchSize: 32, epochs: 6, ...recipe });

/** Runs with a fault in the network or the training settings. */
export function networkFaults(): Case[] {
  const images = shapeImages(1500);
  return [
    {
      name: 'regression, rate 5',
      code: 'loss-exploding',
      document: chain([...point, ...hidden([32]), ['linear', { outFeatures: 1 }], ['regression']], {
        optimizer: sgd(5),
        epochs: 5,
      }),
      data: toy('linear'),
    },
    {
      name: 'spirals, tanh, rate 10',
      code: 'rate-too-high',
      also: 'dead-relus',
      document: short([...point, ...hidden([32, 32], [['tanh']]), ...classes(2)], { optimizer: sgd(10) }),
      data: toy('spirals'),
    },
    {
      name: 'spirals, Adam rate 1e-6',
      code: 'rate-too-low',
      document: short([...point, ...hidden([32, 32]), ...classes(2)], { optimizer: adam(1e-6) }),
      data: toy('spirals'),
    },
    {
      name: 'ten tanh layers of small weights',
      code: 'vanishing-gradients',
      document: short(
        [
          ...flatImages,
          ...new Array(10)
            .fill(0)
            .flatMap((): Row[] => [['linear', { outFeatures: 24, weightInit: 'torch' }], ['tanh']]),
          ...classes(10),
        ],
        { optimizer: sgd(0.1) },
      ),
      data: images,
    },
    {
      name: 'convolutions, rate 1000',
      code: 'rate-too-high',
      also: 'dead-relus',
      document: short(small([['relu']]), { optimizer: sgd(1000) }),
      data: images,
    },
    {
      name: 'images, SGD rate 2',
      code: 'rate-too-high',
      also: 'dead-relus',
      document: short(small([['relu']]), { optimizer: sgd(2) }),
      data: images,
    },
    {
      name: 'images, SGD rate 1 with momentum 0.9',
      code: 'rate-too-high',
      also: 'dead-relus',
      document: short([...flatImages, ...hidden([64], [['tanh']]), ...classes(10)], { optimizer: sgd(1, 0.9) }),
      data: images,
    },
    {
      name: 'images, Adam rate 0.3',
      code: 'rate-too-high',
      also: 'dead-relus',
      document: short(small([['relu']]), { optimizer: adam(0.3) }),
      data: images,
    },
    {
      name: 'images, SGD rate 1e-5',
      code: 'rate-too-low',
      document: short(small([['relu']]), { optimizer: sgd(1e-5) }),
      data: images,
    },
    {
      name: 'images, SGD rate 5e-4',
      code: 'rate-too-low',
      document: short(small([['relu']]), { optimizer: sgd(5e-4) }),
      data: images,
    },
    {
      name: 'sine, SGD rate 1e-5',
      code: 'rate-too-low',
      document: short(
        [['input', { shape: [1] }], ...hidden([64], [['tanh']]), ['linear', { outFeatures: 1 }], ['regression']],
        {
          optimizer: sgd(1e-5),
        },
      ),
      data: toy('sine'),
    },
    {
      name: 'drowned ReLUs behind a convolution',
      code: 'dead-relus',
      document: short(small([['relu']]), { optimizer: sgd(0.1) }),
      data: images,
      weights: drowned('conv2d1/bias'),
    },
    {
      name: 'most ReLUs of an MLP drowned by steps that are too large',
      code: 'rate-too-high',
      also: 'dead-relus',
      document: short([...flatImages, ...hidden([64, 64]), ...classes(10)], { optimizer: sgd(3), epochs: 4 }),
      data: images,
    },
    {
      name: 'drowned ReLUs in an MLP',
      code: 'dead-relus',
      document: short([...flatImages, ...hidden([32, 32]), ...classes(10)], { optimizer: adam(2e-3), epochs: 3 }),
      data: images,
      weights: drowned('linear4/bias'),
    },
    {
      name: 'regression, inputs up to 255, rate 0.1',
      code: 'loss-exploding',
      document: short([['input', { shape: [2] }], ...hidden([32]), ['linear', { outFeatures: 1 }], ['regression']], {
        optimizer: sgd(0.1),
      }),
      data: scaled(toy('linear'), 80),
    },
    {
      name: 'eight sigmoids in a row',
      code: 'vanishing-gradients',
      document: short([...flatImages, ...hidden(new Array(8).fill(32), [['sigmoid']]), ...classes(10)], {
        optimizer: sgd(0.1),
      }),
      data: images,
    },
    {
      name: 'six sigmoids in a row, Adam',
      code: 'vanishing-gradients',
      document: short([...flatImages, ...hidden(new Array(6).fill(32), [['sigmoid']]), ...classes(10)], {
        optimizer: adam(1e-3),
      }),
      data: images,
    },
    {
      name: 'eight ReLU layers of weights around 0.01',
      code: 'vanishing-gradients',
      document: short(
        [
          ...flatImages,
          ...new Array(8)
            .fill(0)
            .flatMap((): Row[] => [['linear', { outFeatures: 32, weightInit: 'normal' }], ['relu']]),
          ...classes(10),
        ],
        { optimizer: sgd(0.1) },
      ),
      data: images,
    },
    {
      name: 'batch norm on batches of 2',
      code: 'small-batch-norm',
      document: short(small([['batchNorm2d'], ['relu']]), { batchSize: 2, epochs: 2, optimizer: sgd(0.02) }),
      data: images,
    },
    {
      name: 'batch norm of features on batches of 4',
      code: 'small-batch-norm',
      document: short([...flatImages, ...hidden([48], [['batchNorm1d'], ['relu']]), ...classes(10)], {
        batchSize: 4,
        epochs: 2,
        optimizer: sgd(0.05),
      }),
      data: images,
    },
    {
      name: 'batch norm that never moves its statistics',
      code: 'modes-differ',
      document: short(small([['batchNorm2d', { momentum: 0 }], ['relu']]), { optimizer: sgd(0.1) }),
      data: images,
    },
    {
      name: 'batch norm of momentum 1e-4',
      code: 'modes-differ',
      document: short(
        [...flatImages, ...hidden([48], [['batchNorm1d', { momentum: 1e-4 }], ['relu']]), ...classes(10)],
        {
          optimizer: sgd(0.1),
        },
      ),
      data: images,
    },
    {
      name: 'dropout of nine in ten',
      code: 'dropout-too-strong',
      document: short([...flatImages, ...hidden([64], [['relu'], ['dropout', { p: 0.9 }]]), ...classes(10)], {
        optimizer: sgd(0.1),
      }),
      data: images,
    },
  ];
}
