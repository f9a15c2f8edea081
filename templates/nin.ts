import { chain, type Row } from './chain.ts';
import { ends } from './fields.ts';
import { classes, input, pool } from './rows.ts';
import { sgd } from './settings.ts';
import { defineKind, type Template, template } from './template.ts';

/** Four NiN blocks; the last has a channel for each class, and a mean in place of fully connected layers. */
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
        en: 'Network in network: 1×1 convolutions work at every pixel like a small fully connected network, and the mean of a channel for each class takes the place of the fully connected layers. 2 million parameters where AlexNet has 47.',
        zh: '网络中的网络：1×1 卷积在每个像素上相当于小的全连接网络；每个类别一个通道，取其平均，代替全连接层。参数 200 万，而 AlexNet 有 4700 万。',
      },
      paper: 'Lin, Chen and Yan 2013, Network in Network',
    },
    nin,
    { input: [1, 224, 224], classes: 10 },
    sgd('fashion-mnist', 0.1, 128, 10),
  ),
];
