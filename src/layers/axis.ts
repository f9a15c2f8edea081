import { int } from './config.ts';
import type { Problem, Shape } from './layer.ts';

/** Which axis of a sample a layer works along: 0 is the first (channels, features), −1 the last. */
export const axis = int({
  label: { en: 'Axis', zh: '轴' },
  help: {
    en: 'of the sample: 0 is the first (channels), −1 the last',
    zh: '样本的轴：0 为第一个（通道），−1 为最后一个',
  },
  default: 0,
  min: -4,
  max: 3,
  advanced: true,
});

/** The axis in a batch, whose first axis is the batch. */
export const batchedAxis = (at: number): number => (at < 0 ? at : at + 1);

/** The axis counted from the front. */
export const frontAxis = (x: Shape, at: number): number => (at < 0 ? at + x.length : at);

/** The sample has to have the axis; null when it does. */
export function axisProblem(x: Shape, at: number): { readonly problems: readonly Problem[] } | null {
  const front = frontAxis(x, at);
  if (front >= 0 && front < x.length) return null;
  return {
    problems: [
      {
        code: 'no-such-axis',
        port: 'config.axis',
        message: ({ self }) => ({
          en: `${self.en} works along axis ${at}, but its input has only ${x.length} axes (0 to ${x.length - 1}).`,
          zh: `${self.zh} 沿第 ${at} 轴计算，但输入只有 ${x.length} 个轴（0 到 ${x.length - 1}）。`,
        }),
        fixes: [{ kind: 'setConfig', key: 'axis', value: 0 }],
      },
    ],
  };
}
