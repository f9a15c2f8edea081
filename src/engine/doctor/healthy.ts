import type { Dataset } from '../../data/dataset.ts';
import type { NetworkDocument } from '../../graph/document.ts';
import { defaultSchedules } from '../../graph/recipe.ts';
import { numbers, pick, shapeImages, toy } from './datasets.ts';
import { adam, chain, classes, flatImages, hidden, point, sgd, small, smoothed, templateDocument } from './networks.ts';
import type { Case } from './trial.ts';

/** Healthy runs, for which nothing may be reported. `digits`: the embedded MNIST images. */
export function healthy(digits: Dataset): Case[] {
  const images = shapeImages(1500);
  const some = pick(digits, numbers(0, 2000));
  const sound = (name: string, document: NetworkDocument, data: Dataset): Case => ({
    name,
    code: null,
    document,
    data,
  });
  return [
    sound('LeNet on digits, SGD', templateDocument('lenet_modern', { epochs: 4 }), some),
    sound('MLP with dropout on digits', templateDocument('mlp_dropout', { epochs: 5 }), some),
    sound(
      'LeNet with batch norm on digits',
      templateDocument('bn_lenet', { epochs: 3, optimizer: sgd(0.3), batchSize: 64 }),
      some,
    ),
    sound('LeNet on digits, Adam', templateDocument('lenet_modern', { epochs: 3, optimizer: adam(1e-3) }), some),
    sound('softmax regression on digits', templateDocument('softmax_regression', { epochs: 8 }), some),
    sound(
      'LeNet with sigmoid, on its first plateau',
      templateDocument('lenet', { epochs: 2 }),
      pick(digits, numbers(0, 1500)),
    ),
    sound('LeNet on digits, 10 epochs', templateDocument('lenet_modern', { epochs: 10, batchSize: 64 }), some),
    sound(
      'moons, yes or no',
      chain([...point, ...hidden([16]), ['linear', { outFeatures: 1 }], ['binaryClassifier']], {
        optimizer: sgd(0.3),
        batchSize: 32,
        epochs: 15,
      }),
      toy('moons'),
    ),
    sound(
      'deep MLP of ReLU with batch norm',
      chain([...flatImages, ...hidden([64, 64, 64, 64, 64, 64], [['batchNorm1d'], ['relu']]), ...classes(10)], {
        optimizer: sgd(0.1),
        batchSize: 32,
        epochs: 6,
      }),
      images,
    ),
    sound(
      'convolutions on images, a fast Adam',
      chain(small([['relu']]), { optimizer: adam(0.03), batchSize: 32, epochs: 6 }),
      images,
    ),
    sound(
      'batch norm on images',
      chain(small([['batchNorm2d'], ['relu']]), { optimizer: sgd(0.1), batchSize: 32, epochs: 6 }),
      images,
    ),
    sound(
      'convolutions on images, one epoch',
      chain(small([['relu']]), { optimizer: sgd(0.1), batchSize: 32, epochs: 1 }),
      images,
    ),
    sound(
      'convolutions on images, momentum and batches of 8',
      chain(small([['relu']]), { optimizer: sgd(0.01, 0.9), batchSize: 8, epochs: 8 }),
      images,
    ),
    sound(
      'spirals, Adam',
      chain([...point, ...hidden([32, 32]), ...classes(2)], { optimizer: adam(0.01), batchSize: 32, epochs: 30 }),
      toy('spirals'),
    ),
    sound(
      'three spirals, tanh',
      chain([...point, ...hidden([32, 32], [['tanh']]), ...classes(3)], {
        optimizer: adam(0.01),
        batchSize: 32,
        epochs: 30,
      }),
      toy('spirals3'),
    ),
    sound(
      'moons, SGD with momentum',
      chain([...point, ...hidden([16]), ...classes(2)], { optimizer: sgd(0.1, 0.9), batchSize: 32, epochs: 10 }),
      toy('moons'),
    ),
    sound(
      'XOR, sigmoid',
      chain([...point, ...hidden([8], [['sigmoid']]), ...classes(2)], {
        optimizer: adam(0.02),
        batchSize: 32,
        epochs: 30,
      }),
      toy('xor'),
    ),
    sound(
      'linear regression',
      chain([...point, ['linear', { outFeatures: 1 }], ['regression']], {
        optimizer: sgd(0.03),
        batchSize: 10,
        epochs: 3,
      }),
      toy('linear'),
    ),
    sound(
      'sine, Adam',
      chain([['input', { shape: [1] }], ...hidden([64], [['tanh']]), ['linear', { outFeatures: 1 }], ['regression']], {
        optimizer: adam(0.01),
        batchSize: 32,
        epochs: 20,
      }),
      toy('sine'),
    ),
    sound(
      'checkerboard, Adam',
      chain([...point, ...hidden([64, 64]), ...classes(2)], { optimizer: adam(5e-3), batchSize: 32, epochs: 40 }),
      toy('checkerboard', 2000),
    ),
    sound(
      'a cosine over the whole run',
      chain([...flatImages, ...hidden([64, 64]), ...classes(10)], {
        optimizer: sgd(0.1),
        batchSize: 32,
        epochs: 4,
        schedule: defaultSchedules.cosine,
      }),
      images,
    ),
    sound(
      'one cycle',
      chain(small([['relu']]), { optimizer: sgd(0.1), batchSize: 32, epochs: 4, schedule: defaultSchedules.oneCycle }),
      images,
    ),
    sound(
      'label smoothing of 0.6, which costs no accuracy',
      chain([...flatImages, ...hidden([64, 64]), ...smoothed(0.6)], {
        optimizer: adam(1e-3),
        batchSize: 32,
        epochs: 4,
      }),
      images,
    ),
  ];
}
