import type { Dataset } from '../../data/dataset.ts';
import type { Recipe } from '../../graph/document.ts';
import { defaultOptimizers } from '../../graph/recipe.ts';
import { numbers, pick, shapeImages, toy } from './datasets.ts';
import {
  adam,
  chain,
  classes,
  flatImages,
  hidden,
  point,
  type Row,
  sgd,
  shapeImage,
  small,
  templateDocument,
} from './networks.ts';
import type { Case } from './trial.ts';

const short = (rows: readonly Row[], recipe: Partial<Recipe>) => chain(rows, { batchSize: 32, epochs: 6, ...recipe });

/** Two convolutions and two hidden layers with sigmoids, as in LeNet. */
const sigmoids = (weightInit = 'xavierUniform'): Row[] => [
  ...shapeImage,
  ['conv2d', { outChannels: 6, kernelSize: [3, 3], weightInit }],
  ['sigmoid'],
  ['avgPool2d', { kernelSize: [2, 2] }],
  ['flatten'],
  ...hidden([48, 32], [['sigmoid']]),
  ...classes(10),
];

/** Faults with similar symptoms, which only trials can distinguish. `digits`: the embedded MNIST images. */
export function recipeFaults(digits: Dataset): Case[] {
  const images = shapeImages(1500);
  const some = pick(digits, numbers(0, 1500));
  const spiral = [...point, ...hidden([8, 8], [['tanh']]), ...classes(2)];
  return [
    {
      name: 'all weights zero',
      code: 'plateau',
      also: 'vanishing-gradients',
      document: short(
        [
          ...flatImages,
          ['linear', { outFeatures: 32, weightInit: 'zeros' }],
          ['tanh'],
          ['linear', { outFeatures: 10, weightInit: 'zeros' }],
          ['classifier', { classes: 10 }],
        ],
        { optimizer: sgd(0.1), epochs: 3 },
      ),
      data: images,
    },
    {
      name: 'the sigmoid LeNet of “Dive into Deep Learning” at rate 0.1',
      code: 'plateau',
      also: 'vanishing-gradients',
      document: templateDocument('lenet', { epochs: 2, batchSize: 32, optimizer: sgd(0.1) }),
      data: some,
    },
    {
      name: 'LeNet with ReLU at rate 1',
      code: 'rate-too-high',
      document: templateDocument('lenet_modern', { epochs: 2, batchSize: 32, optimizer: sgd(1) }),
      data: some,
    },
    {
      name: 'LeNet with ReLU at rate 100',
      code: 'rate-too-high',
      also: 'loss-exploding',
      document: templateDocument('lenet_modern', { epochs: 2, batchSize: 32, optimizer: sgd(100) }),
      data: some,
    },
    {
      name: 'a small network of sigmoids at rate 0.1',
      code: 'plateau',
      also: 'vanishing-gradients',
      document: short(sigmoids(), { optimizer: sgd(0.1), epochs: 2 }),
      data: images,
    },
    {
      name: 'sigmoids with weights around 0.01',
      code: 'plateau',
      also: 'vanishing-gradients',
      document: short(sigmoids('normal'), { optimizer: sgd(0.5), epochs: 2 }),
      data: images,
    },
    {
      name: 'gradients clipped to almost nothing',
      code: 'steps-held-back',
      document: short(small([['relu']]), {
        optimizer: sgd(0.1),
        clip: { kind: 'norm', maxNorm: 1e-6 },
        epochs: 2,
      }),
      data: images,
    },
    {
      name: 'rate 0.3 × decay 10',
      code: 'decay-too-strong',
      document: chain(spiral, { optimizer: { ...sgd(0.3), weightDecay: 10 }, batchSize: 30, epochs: 3 }),
      data: toy('spirals'),
    },
    {
      name: 'images, SGD with decay 0.5',
      code: 'decay-too-strong',
      document: short(small([['relu']]), { optimizer: { ...sgd(0.1), weightDecay: 0.5 }, epochs: 3 }),
      data: images,
    },
    {
      name: 'images, Adam with decay 1',
      code: 'decay-too-strong',
      document: short(small([['relu']]), { optimizer: { ...adam(1e-3), weightDecay: 1 }, epochs: 4 }),
      data: images,
    },
    {
      name: 'images, AdamW with rate × decay = 3',
      code: 'decay-too-strong',
      document: short(small([['relu']]), {
        optimizer: { ...defaultOptimizers.adamw, weightDecay: 3000 },
        epochs: 2,
      }),
      data: images,
    },
    {
      name: 'batch norm of features on single samples',
      code: 'small-batch-norm',
      document: short([...flatImages, ...hidden([16], [['batchNorm1d'], ['relu']]), ...classes(10)], {
        batchSize: 1,
        epochs: 1,
        optimizer: sgd(0.1),
      }),
      data: pick(images, numbers(0, 600)),
    },
    {
      name: 'batch norm of moons on single samples',
      code: 'small-batch-norm',
      document: short([...point, ...hidden([16], [['batchNorm1d'], ['relu']]), ...classes(2)], {
        batchSize: 1,
        epochs: 2,
        optimizer: adam(0.01),
      }),
      data: toy('moons'),
    },
    {
      name: 'batch norm on batches of 2 at a high rate',
      code: 'small-batch-norm',
      also: 'rate-too-high',
      document: short(small([['batchNorm2d'], ['relu']]), { batchSize: 2, epochs: 2, optimizer: sgd(0.3) }),
      data: images,
    },
    {
      name: 'regression on single samples at rate 1',
      code: 'loss-exploding',
      document: chain([...point, ...hidden([8], [['tanh']]), ['linear', { outFeatures: 1 }], ['regression']], {
        optimizer: sgd(1),
        batchSize: 1,
        epochs: 2,
      }),
      data: toy('linear'),
    },
  ];
}
