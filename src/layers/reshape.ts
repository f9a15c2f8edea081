import { same } from '../text.ts';
import { pair, shape, shapeText } from './config.ts';
import { defineLayer } from './layer.ts';
import { rankProblem } from './problems.ts';

export const reshape = defineLayer({
  type: 'reshape',
  title: { en: 'Reshape', zh: '变形' },
  category: 'shape',
  stem: 'reshape',
  doc: {
    en: 'Gives the numbers of a sample another shape of the same size, in the same order: 400 becomes 16×5×5.',
    zh: '把一个样本的数按原来的顺序排成大小相同的另一种形状：400 变为 16×5×5。',
  },
  config: {
    shape: shape({ label: { en: 'Shape', zh: '形状' }, default: [1, 28, 28] }),
  },
  inputs: ['x'],
  outputs: ['y'],
  summary: (config) => same(shapeText(config.shape)),
  infer({ x }, config) {
    const [has, wants] = [x, config.shape].map((sizes) => sizes.reduce((a, b) => a * b, 1));
    if (has === wants) return { outputs: { y: config.shape } };
    return {
      problems: [
        {
          code: 'size-mismatch',
          port: 'config.shape',
          message: ({ self, from }) => ({
            en: `${self.en} cannot make ${config.shape.join('·')} = ${wants} numbers of the ${x.join('·')} = ${has} that '${from('x')}' gives.`,
            zh: `${self.zh} 无法用“${from('x')}”给出的 ${x.join('·')} = ${has} 个数排成 ${config.shape.join('·')} = ${wants} 个数。`,
          }),
          fixes: [
            ...(has % (wants / config.shape[0]) === 0
              ? [
                  {
                    kind: 'setConfig' as const,
                    key: 'shape',
                    value: config.shape.with(0, (has * config.shape[0]) / wants),
                  },
                ]
              : []),
            { kind: 'setConfig', key: 'shape', value: [has] },
          ],
        },
      ],
    };
  },
  lower: ({ g, x, config }) => ({ y: g.reshape(x.x, [-1, ...config.shape]) }),
});

export const zeroPad2d = defineLayer({
  type: 'zeroPad2d',
  title: { en: 'ZeroPad2d', zh: '零填充' },
  category: 'shape',
  stem: 'pad',
  keepsFeatures: true,
  doc: {
    en: 'Adds rows and columns of zeros around a picture: C×H×W becomes C×(H + top + bottom)×(W + left + right). Negative numbers crop.',
    zh: '在图像四周补零：C×H×W 变为 C×(H + 上 + 下)×(W + 左 + 右)。负数表示裁剪。',
  },
  config: {
    before: pair({ label: { en: 'Top, left', zh: '上、左' }, default: [1, 1], min: -512, max: 512 }),
    after: pair({ label: { en: 'Bottom, right', zh: '下、右' }, default: [1, 1], min: -512, max: 512 }),
  },
  inputs: ['x'],
  outputs: ['y'],
  summary: ({ before, after }) => same(`${before.join(' ')} · ${after.join(' ')}`),
  infer({ x }, { before, after }) {
    if (x.length !== 3) return { problems: [rankProblem('C×H×W', x, 'x', [])] };
    const size = [x[1] + before[0] + after[0], x[2] + before[1] + after[1]];
    if (size.every((cells) => cells >= 1)) return { outputs: { y: [x[0], ...size] } };
    return {
      problems: [
        {
          code: 'empty-output',
          port: 'config.before',
          message: ({ self }) => ({
            en: `${self.en} crops everything away: the output would be ${size.join('×')}.`,
            zh: `${self.zh} 裁掉了全部内容：输出将为 ${size.join('×')}。`,
          }),
          fixes: [
            { kind: 'setConfig', key: 'before', value: [1, 1] },
            { kind: 'setConfig', key: 'after', value: [1, 1] },
          ],
        },
      ],
    };
  },
  lower: ({ g, x, config }) => ({ y: g.pad(x.x, [0, 0, ...config.before], [0, 0, ...config.after]) }),
});

export const identity = defineLayer({
  type: 'identity',
  title: { en: 'Identity', zh: '恒等' },
  category: 'shape',
  stem: 'identity',
  keepsFeatures: true,
  doc: {
    en: 'Passes its input on as it is. A place holder: a branch that does nothing, a layer to be chosen later.',
    zh: '原样输出输入。用作占位：什么也不做的一支，或以后再定的层。',
  },
  config: {},
  inputs: ['x'],
  outputs: ['y'],
  summary: () => same('x'),
  infer: ({ x }) => ({ outputs: { y: x } }),
  lower: ({ x }) => ({ y: x.x }),
});
