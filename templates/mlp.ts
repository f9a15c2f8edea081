import { numbers } from '../src/layers/config.ts';
import { chain, inColumns, type Row } from './chain.ts';
import { ends, widths } from './fields.ts';
import { classes, input, linear } from './rows.ts';
import { sgd } from './settings.ts';
import { defineKind, type Template, template } from './template.ts';

/** Hidden layers with ReLU, each followed by dropout if it has a rate. */
const mlp = defineKind({
  config: {
    ...ends,
    hidden: widths(
      { en: 'Hidden layers', zh: '隐藏层' },
      { en: 'Units of each hidden layer', zh: '各隐藏层的单元数' },
      [256],
    ),
    dropout: numbers({
      label: { en: 'Dropout', zh: '暂退法' },
      help: { en: 'Dropout rate after each hidden layer', zh: '各隐藏层之后的暂退概率' },
      default: [],
      min: 0,
      max: 0.99,
    }),
  },
  name: ({ hidden }) => `MLP (${hidden.join(', ')})`,
  draw({ input: shape, classes: count, hidden, dropout }, settings) {
    const layers = hidden.flatMap((units, i): Row[] => [
      linear(`fc${i + 1}`, units),
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
    return chain(inColumns(rows, dropout.length > 0 ? 4 : 2), settings);
  },
});

export const mlpTemplates: readonly Template[] = [
  template(
    {
      id: 'mlp',
      family: 'mlp',
      title: { en: 'Multilayer perceptron', zh: '多层感知机' },
      description: {
        en: 'One hidden layer of 256 units with ReLU: each unit is connected to all pixels. Without the ReLU it is no better than softmax regression.',
        zh: '一个含 256 个单元的隐藏层，使用 ReLU 激活：每个单元与所有像素相连。若没有 ReLU，它并不比 softmax 回归更强。',
      },
      paper: 'Rumelhart, Hinton and Williams 1986, Learning Representations by Back-propagating Errors',
    },
    mlp,
    { hidden: [256] },
    sgd('mnist', 0.1, 32, 10),
  ),
  template(
    {
      id: 'mlp_dropout',
      family: 'mlp',
      title: { en: 'MLP with dropout', zh: '多层感知机与暂退法' },
      description: {
        en: 'Two hidden layers whose units are dropped at random during training, so that units do not rely on each other. Try it: set both rates to 0 and compare training and validation.',
        zh: '两个隐藏层，训练时随机丢弃部分单元，使单元之间不互相依赖。试一试：将两个暂退概率设为 0，比较训练与验证的结果。',
      },
      paper: 'Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov 2014, Dropout',
    },
    mlp,
    { hidden: [256, 256], dropout: [0.2, 0.5] },
    sgd('mnist', 0.1, 32, 10),
  ),
];
