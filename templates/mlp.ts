import { numbers } from '../src/layers/config.ts';
import { chain, inColumns, type Row } from './chain.ts';
import { ends, widths } from './fields.ts';
import { classes, input, linear } from './rows.ts';
import { sgd } from './settings.ts';
import { defineKind, type Template, template } from './template.ts';

/** Hidden layers with ReLU, each followed by dropout where there is a rate for it. */
const mlp = defineKind({
  config: {
    ...ends,
    hidden: widths({ en: 'Hidden layers', zh: '隐藏层' }, { en: 'units of each', zh: '各层的单元数' }, [256]),
    dropout: numbers({
      label: { en: 'Dropout', zh: '暂退法' },
      help: { en: 'rate behind each hidden layer', zh: '各隐藏层之后的暂退概率' },
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
        en: 'One hidden layer of 256 units with ReLU: every pixel is connected to every unit. Take the ReLU away and it is no better than softmax regression.',
        zh: '一个含 256 个单元的隐藏层，ReLU 激活：每个像素与每个单元相连。去掉 ReLU，它就不比 softmax 回归强。',
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
        en: 'Two hidden layers whose units are switched off at random while training, so that none relies on another. Set both rates to 0 and compare training with validation.',
        zh: '两个隐藏层，训练时随机关闭部分单元，使单元之间不互相依赖。把两个概率设为 0，比较训练与验证的差别。',
      },
      paper: 'Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov 2014, Dropout',
    },
    mlp,
    { hidden: [256, 256], dropout: [0.2, 0.5] },
    sgd('mnist', 0.1, 32, 10),
  ),
];
