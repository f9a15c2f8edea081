import { knownDims } from '../ir/shape.ts';
import { same } from '../text.ts';
import { axis, axisProblem, frontAxis } from './axis.ts';
import { defineLayer } from './layer.ts';

export const flatten = defineLayer({
  type: 'flatten',
  icon: { lines: 'M2 3.5h7v4H2zM2 12.5h12M5.5 3.5v4M11.5 4v4.5M9.8 7l1.7 1.7L13.2 7' },
  title: { en: 'Flatten', zh: '展平' },
  category: 'shape',
  keepsNumbers: true,
  reshapes: true,
  stem: 'flatten',
  doc: {
    en: 'Flattens a sample to one axis: C×H×W → C·H·W. Used between convolutions and fully connected layers.',
    zh: '将一个样本展平为一个轴：C×H×W → C·H·W。用于卷积层与全连接层之间。',
  },
  keywords: ['vector', 'unroll', 'reshape', '拉平', '扁平', '向量'],
  formula: () => ({
    tex: ['y_{(cH + i)W + j} = x_{c,i,j}'],
    where: { en: 'row by row, channel by channel', zh: '逐通道、逐行排列' },
  }),
  config: {
    axis: {
      ...axis,
      label: { en: 'From axis', zh: '起始轴' },
      help: { en: 'First axis to flatten; 0 flattens all axes', zh: '开始展平的轴；0 表示全部展平' },
    },
  },
  inputs: ['x'],
  outputs: ['y'],
  summary: () => same(''),
  infer({ x }, config) {
    const wrong = axisProblem(x, config.axis);
    if (wrong !== null) return wrong;
    const at = frontAxis(x, config.axis);
    return { outputs: { y: [...x.slice(0, at), x.slice(at).reduce((a, b) => a * b, 1)] } };
  },
  explain: ({ x }, { y }, config) => [
    { label: { en: 'size', zh: '大小' }, sum: `${x.slice(frontAxis(x, config.axis)).join('·')} = ${y.at(-1)}` },
  ],
  lower({ g, x: { x }, config }) {
    const sizes = knownDims(x.shape.slice(1), `the shape of “${x.name}”`);
    const at = frontAxis(sizes, config.axis);
    return { y: at === 0 ? g.flatten(x) : g.reshape(x, [0, ...sizes.slice(0, at), -1]) };
  },
});
