import { int } from './config.ts';
import { defineLayer } from './layer.ts';
import { rankProblem } from './problems.ts';

export const classifier = defineLayer({
  type: 'classifier',
  title: { en: 'Classifier', zh: '分类输出' },
  category: 'io',
  stem: 'classes',
  doc: {
    en: 'The end of a network that tells classes apart. Takes one score (logit) per class; softmax turns the scores into probabilities. Training minimises the cross-entropy −log p(true class), averaged over the batch.',
    zh: '分类网络的终点。每类接收一个分数（logit），softmax 把分数变成概率。训练时最小化交叉熵 −log p(真实类别) 在批量上的平均值。',
  },
  config: {
    classes: int({ label: { en: 'Classes', zh: '类别数' }, default: 10, min: 2, max: 1_000_000 }),
  },
  inputs: ['x'],
  outputs: [],
  summary: () => ({ en: 'softmax · cross-entropy', zh: 'softmax · 交叉熵' }),
  infer({ x }, { classes }) {
    if (x.length !== 1) {
      const flat = x.reduce((a, b) => a * b, 1) === classes;
      return {
        problems: [
          rankProblem(`${classes}`, x, 'x', [
            ...(flat ? [{ kind: 'insertBefore', port: 'x', layer: 'flatten', config: {} } as const] : []),
          ]),
        ],
      };
    }
    if (x[0] === classes) return { outputs: {} };
    const given = x[0];
    return {
      problems: [
        {
          code: 'class-count',
          port: 'x',
          message: ({ self, from }) => ({
            en: `${self.en} has ${classes} classes and needs one score for each, but '${from('x')}' gives ${given}.`,
            zh: `${self.zh} 有 ${classes} 个类别，每类需要一个分数，但“${from('x')}”给出 ${given} 个。`,
          }),
          fixes: [
            { kind: 'setFeatures', port: 'x', value: classes },
            { kind: 'insertBefore', port: 'x', layer: 'linear', config: { outFeatures: classes } },
            ...(given >= 2 ? [{ kind: 'setConfig', key: 'classes', value: given } as const] : []),
          ],
        },
      ],
    };
  },
  output: {
    target: () => ({ dtype: 'int64', shape: [] }),
    predictions: ({ g, x }) => ({ logits: x.x, probabilities: g.softmax(x.x, -1) }),
    loss({ g, x }, target) {
      const right = g.cast(g.equal(g.argMax(x.x, -1), target), 'float32');
      return { loss: g.crossEntropy(x.x, target), correct: g.reduceSum(right, [0]) };
    },
  },
});
