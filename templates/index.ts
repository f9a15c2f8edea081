import type { NetworkDocument } from '../src/graph/document.ts';
import { readDocument } from '../src/graph/file.ts';
import type { Text } from '../src/text.ts';
import lenet from './lenet.json' with { type: 'json' };
import lenetModern from './lenet_modern.json' with { type: 'json' };
import mlp from './mlp.json' with { type: 'json' };
import softmaxRegression from './softmax_regression.json' with { type: 'json' };

/** A ready network. */
export interface Template {
  /** Stable; scripts and the command line name templates by it. */
  readonly id: string;
  readonly title: Text;
  readonly description: Text;
  readonly document: NetworkDocument;
}

const template = (id: string, json: unknown, title: Text, description: Text): Template => ({
  id,
  title,
  description,
  document: readDocument(json, `${id}.json`),
});

/** In the order in which they are offered. */
export const templates: readonly Template[] = [
  template(
    'lenet_modern',
    lenetModern,
    { en: 'LeNet (ReLU, max pooling)', zh: 'LeNet（ReLU 与最大汇聚）' },
    {
      en: 'Two convolutions, two poolings, three fully connected layers: the classic reader of handwritten digits with today’s activation and pooling.',
      zh: '两个卷积层、两个汇聚层、三个全连接层：经典的手写数字识别网络，换用如今常见的激活与汇聚。',
    },
  ),
  template(
    'lenet',
    lenet,
    { en: 'LeNet (sigmoid, average pooling)', zh: 'LeNet（sigmoid 与平均汇聚）' },
    {
      en: 'LeNet-5 as the book draws it, close to the network of 1998. Sigmoids pass on small gradients: on few digits, Adam gets it going where plain SGD stands still.',
      zh: '书中的 LeNet-5，接近 1998 年的原网络。sigmoid 传递的梯度小：数字不多时，Adam 能让它学起来，而普通 SGD 会停滞。',
    },
  ),
  template(
    'mlp',
    mlp,
    { en: 'Multilayer perceptron', zh: '多层感知机' },
    {
      en: 'One hidden layer of 256 units with ReLU: every pixel is connected to every unit.',
      zh: '一个含 256 个单元的隐藏层，ReLU 激活：每个像素与每个单元相连。',
    },
  ),
  template(
    'softmax_regression',
    softmaxRegression,
    { en: 'Softmax regression', zh: 'softmax 回归' },
    {
      en: 'The simplest classifier: one weight for each pixel and class. A good first network.',
      zh: '最简单的分类器：每个像素、每个类别一个权重。适合作为第一个网络。',
    },
  ),
];

/** The template with this id, if there is one. */
export const templateOf = (id: string): Template | undefined => templates.find((template) => template.id === id);
