import type { NetworkDocument } from '../src/graph/document.ts';
import { chain, inColumns, type Row } from './chain.ts';
import { classes, type Ends, input, linear } from './rows.ts';
import { sgd } from './settings.ts';
import { type Template, template } from './template.ts';

/** Hidden layers of these widths with ReLU, each followed by dropout where `dropout` says so. */
export const mlp =
  (
    {
      input: shape,
      classes: count,
      hidden,
      dropout = [],
    }: Ends & { hidden: readonly number[]; dropout?: readonly number[] },
    rate: number,
  ) =>
  (name: string): NetworkDocument => {
    const layers = hidden.flatMap((width, i): Row[] => [
      linear(`fc${i + 1}`, width),
      [`relu${i + 1}`, 'relu'],
      ...(dropout[i] === undefined ? [] : [[`drop${i + 1}`, 'dropout', { p: dropout[i] }] as Row]),
    ]);
    const rows: Row[] = [
      input(shape),
      ['flatten', 'flatten'],
      ...layers,
      linear(`fc${hidden.length + 1}`, count),
      classes(count),
    ];
    return chain(inColumns(rows, dropout.length > 0 ? 4 : 2), { name, ...sgd('mnist', rate, 32, 10) });
  };

const digits = { input: [1, 28, 28], classes: 10 };

export const mlpTemplates: readonly Template[] = [
  template(
    {
      id: 'mlp',
      family: 'mlp',
      title: { en: 'Multilayer perceptron', zh: '多层感知机' },
      description: {
        en: 'One hidden layer of 256 units with ReLU: every pixel is connected to every unit. Take the ReLU away and it is no better than softmax regression.',
        zh: '一个含 256 个单元的隐藏层，ReLU 激活：每个像素与每个单元相连。去掉 ReLU，它就不比 softmax 回归强。',
      },
      paper: 'Rumelhart, Hinton and Williams 1986, Learning Representations by Back-propagating Errors',
    },
    mlp({ ...digits, hidden: [256] }, 0.1),
  ),
  template(
    {
      id: 'mlp_dropout',
      family: 'mlp',
      title: { en: 'MLP with dropout', zh: '多层感知机与暂退法' },
      description: {
        en: 'Two hidden layers whose units are switched off at random while training, so that none relies on another. Set both rates to 0 and compare training with validation.',
        zh: '两个隐藏层，训练时随机关闭部分单元，使单元之间不互相依赖。把两个概率设为 0，比较训练与验证的差别。',
      },
      paper: 'Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov 2014, Dropout',
    },
    mlp({ ...digits, hidden: [256, 256], dropout: [0.2, 0.5] }, 0.1),
  ),
];
