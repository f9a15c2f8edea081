import { int } from './config.ts';
import type { Problem, Shape } from './layer.ts';

/** Axis of a sample along which a layer works: 0 is the first (channels, features), −1 the last. */
export const axis = int({
  label: { en: 'Axis', zh: '轴' },
  help: {
    en: 'Axis of the sample: 0 is the first (channels), −1 the last',
    zh: '样本的轴：0 为第一个（通道），−1 为最后一个',
  },
  default: 0,
  min: -4,
  max: 3,
  advanced: true,
});

/** The same axis in a batched tensor [N, ...sample]. */
export const batchedAxis = (at: number): number => (at < 0 ? at : at + 1);

/** The axis as a non-negative index. */
export const frontAxis = (x: Shape, at: number): number => (at < 0 ? at + x.length : at);

/** The problem of a sample without that axis; null if it has the axis. */
export function axisProblem(x: Shape, at: number): { readonly problems: readonly Problem[] } | null {
  const front = frontAxis(x, at);
  if (front >= 0 && front < x.length) return null;
  return {
    problems: [
      {
        code: 'no-such-axis',
        port: 'config.axis',
        message: ({ self }) => ({
          en: `${self.en} works along axis ${at}, but its input has only ${x.length} axes. Choose an axis from 0 to ${x.length - 1}.`,
          zh: `${self.zh}沿第 ${at} 轴计算，但输入只有 ${x.length} 个轴。请选择 0 到 ${x.length - 1} 之间的轴。`,
        }),
        fixes: [{ kind: 'setConfig', key: 'axis', value: 0 }],
      },
    ],
  };
}
