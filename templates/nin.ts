import { chain, type Row } from './chain.ts';
import { ends } from './fields.ts';
import { classes, input, pool } from './rows.ts';
import { sgd } from './settings.ts';
import { defineKind, type Template, template } from './template.ts';

/** Four NiN blocks; the last has one channel per class, and global average pooling replaces fully connected layers. */
const nin = defineKind({
  config: ends,
  name: () => 'NiN',
  draw({ input: shape, classes: count }, settings) {
    const block = (n: number, channels: number, kernelSize: number, stride: number, padding: number): Row => [
      `block${n}`,
      'ninBlock',
      { channels, kernelSize, stride, padding, weightInit: 'kaimingNormal' },
    ];
    return chain(
      [
        [
          input(shape),
          block(1, 96, 11, 4, 0),
          pool('pool1', 'max', 3, 2),
          block(2, 256, 5, 1, 2),
          pool('pool2', 'max', 3, 2),
          block(3, 384, 3, 1, 1),
          pool('pool3', 'max', 3, 2),
        ],
        [
          ['drop', 'dropout', { p: 0.5 }],
          block(4, count, 3, 1, 1),
          ['gap', 'globalAvgPool2d'],
          ['flatten', 'flatten'],
          classes(count),
        ],
      ],
      settings,
    );
  },
});

export const ninTemplates: readonly Template[] = [
  template(
    {
      id: 'nin_d2l',
      family: 'nin',
      title: { en: 'NiN', zh: 'NiN' },
      description: {
        en: 'Network in Network: 1×1 convolutions act as a small fully connected network at each pixel, and the mean of one channel per class replaces the fully connected layers. 2 million parameters; AlexNet has 47 million.',
        zh: '网络中的网络：1×1 卷积在每个像素上相当于小的全连接网络；每个类别对应一个通道，以通道的平均值代替全连接层。参数为 200 万个，而 AlexNet 有 4700 万个。',
      },
      paper: 'Lin, Chen and Yan 2013, Network in Network',
    },
    nin,
    { input: [1, 224, 224], classes: 10 },
    sgd('fashion-mnist', 0.1, 128, 10),
  ),
];
