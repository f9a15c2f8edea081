import type { Recipe } from '../../graph/document.ts';
import { noisyCopies, numbers, pick, rare, shapeImages, shuffled, toy } from './datasets.ts';
import { adam, chain, classes, flatImages, hidden, point, type Row, sgd, small, templateDocument } from './networks.ts';
import type { Case } from './trial.ts';

const short = (rows: readonly Row[], recipe: Partial<Recipe>) => chain(rows, { batchSize: 32, epochs: 6, ...recipe });

/** Runs with a fault in the dataset, or a network that does not suit it. */
export function dataFaults(): Case[] {
  const images = shapeImages(1500);
  return [
    {
      name: 'two classes of moons, binary end, 1 in 30',
      code: 'class-imbalance',
      document: short([...point, ...hidden([16]), ['linear', { outFeatures: 1 }], ['binaryClassifier']], {
        optimizer: sgd(0.1),
      }),
      data: rare(toy('moons', 2000), [900, 30]),
    },
    {
      name: 'answers of sine shuffled',
      code: 'labels-shuffled',
      document: short(
        [['input', { shape: [1] }], ...hidden([64], [['tanh']]), ['linear', { outFeatures: 1 }], ['regression']],
        {
          optimizer: adam(0.01),
          epochs: 15,
        },
      ),
      data: shuffled(toy('sine')),
    },
    {
      name: 'one class of moons is 1 in 40',
      code: 'class-imbalance',
      document: short([...point, ...hidden([16]), ...classes(2)], { optimizer: sgd(0.1) }),
      data: rare(toy('moons', 2000), [1000, 25]),
    },
    {
      name: 'nine classes of images are rare',
      code: 'class-imbalance',
      document: short(small([['relu']]), { optimizer: sgd(0.1) }),
      data: rare(shapeImages(6000), [600, 20, 20, 20, 20, 20, 20, 20, 20, 20]),
    },
    {
      name: 'overlapping blobs, 97 % of one class',
      code: 'class-imbalance',
      document: short([...point, ...hidden([16]), ...classes(3)], { optimizer: sgd(0.05) }),
      data: rare(toy('blobs', 3000), [900, 15, 15]),
    },
    {
      name: 'labels of images shuffled, network too small to learn them',
      code: 'labels-shuffled',
      document: short(small([['relu']]), { optimizer: sgd(0.1) }),
      data: shuffled(images),
    },
    {
      name: 'labels of images shuffled and learned by heart',
      code: 'labels-shuffled',
      document: short([...flatImages, ...hidden([256]), ...classes(10)], { optimizer: adam(2e-3), epochs: 30 }),
      data: shuffled(shapeImages(600)),
    },
    {
      name: 'labels of spirals shuffled',
      code: 'labels-shuffled',
      document: short([...point, ...hidden([32, 32]), ...classes(2)], { optimizer: adam(5e-3), epochs: 10 }),
      data: shuffled(toy('spirals')),
    },
    {
      name: 'every image twice',
      code: 'leakage',
      document: short(small([['relu']]), { optimizer: sgd(0.1) }),
      data: pick(images, [...numbers(0, 800), ...numbers(0, 800)]),
    },
    {
      name: 'one image in ten twice',
      code: 'leakage',
      document: short(small([['relu']]), { optimizer: sgd(0.1) }),
      data: pick(images, [...numbers(0, 1300), ...numbers(0, 130)]),
    },
    {
      name: 'images come again with a little noise',
      code: 'leakage',
      document: short(small([['relu']]), { optimizer: sgd(0.1) }),
      data: noisyCopies(pick(images, numbers(0, 700))),
    },
    {
      name: '20 samples of 200 features',
      code: 'overfitting',
      document: templateDocument('linear_regression_200', { epochs: 10 }),
      data: toy('linear200'),
    },
    {
      name: 'few noisy images, many weights',
      code: 'overfitting',
      document: short([...flatImages, ...hidden([256, 256]), ...classes(10)], {
        optimizer: adam(1e-3),
        batchSize: 16,
        epochs: 40,
      }),
      data: shapeImages(250, 110),
    },
    {
      name: 'a polynomial of degree 19 for 40 points',
      code: 'overfitting',
      document: short(
        [['input', { shape: [20] }], ...hidden([128, 128], [['tanh']]), ['linear', { outFeatures: 1 }], ['regression']],
        {
          optimizer: adam(3e-3),
          batchSize: 16,
          epochs: 150,
        },
      ),
      data: toy('cubic20', 60),
    },
    {
      name: 'a straight line for circles',
      code: 'underfitting',
      document: short([...point, ...classes(2)], { optimizer: sgd(0.1), epochs: 12 }),
      data: toy('circles'),
    },
    {
      name: 'two units for spirals',
      code: 'underfitting',
      document: short([...point, ...hidden([2]), ...classes(3)], { optimizer: adam(0.01), epochs: 40 }),
      data: toy('spirals3'),
    },
    {
      name: 'a straight line for a sine of two turns',
      code: 'underfitting',
      document: short([['input', { shape: [1] }], ['linear', { outFeatures: 1 }], ['regression']], {
        optimizer: sgd(0.05),
        epochs: 12,
      }),
      data: toy('sine'),
    },
  ];
}
