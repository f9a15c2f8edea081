import type { Text } from '../text.ts';
import { bool, type ConfigOf, type Pair, pair, pairText, shortPair, sizes } from './config.ts';
import type { InferResult, Shape } from './layer.ts';
import { type WindowConfig, windowShape } from './window.ts';

export const poolFields = {
  kernelSize: sizes({
    label: { en: 'Window', zh: '窗口' },
    help: { en: 'Height and width of the window', zh: '窗口的高和宽' },
    default: [2, 2],
  }),
  stride: sizes({
    label: { en: 'Stride', zh: '步幅' },
    help: {
      en: 'Step of the window in elements; equal to the window size for no overlap',
      zh: '窗口每次移动的元素数；等于窗口大小时互不重叠',
    },
    default: [2, 2],
  }),
  padding: pair({
    label: { en: 'Padding', zh: '填充' },
    help: { en: 'Zeros added on every side; at most half of the window size', zh: '每边填充的零；至多为窗口的一半' },
    default: [0, 0],
    min: 0,
    max: 256,
  }),
  ceilMode: bool({
    label: { en: 'Round up', zh: '向上取整' },
    help: { en: 'Keep a last window that extends beyond the edge', zh: '保留超出边缘的最后一个窗口' },
    default: false,
    advanced: true,
  }),
};

export type PoolConfig = ConfigOf<typeof poolFields>;

export const windowConfig = (pool: PoolConfig & { dilation?: Pair }): WindowConfig => ({ dilation: [1, 1], ...pool });

const half = (kernel: number): number => Math.floor(kernel / 2);

export function poolSummary({ kernelSize, stride, padding }: PoolConfig): Text {
  const padded = padding.some((cells) => cells > 0);
  return {
    en: `${pairText(kernelSize)} · stride ${shortPair(stride)}${padded ? ` · pad ${shortPair(padding)}` : ''}`,
    zh: `${pairText(kernelSize)} · 步幅 ${shortPair(stride)}${padded ? ` · 填充 ${shortPair(padding)}` : ''}`,
  };
}

export function poolShape(x: Shape, pool: PoolConfig & { dilation?: Pair }): InferResult {
  const { kernelSize, padding } = pool;
  if (padding.some((cells, axis) => cells > half(kernelSize[axis]))) {
    return {
      problems: [
        {
          code: 'padding-too-large',
          port: 'config.padding',
          message: ({ self }) => ({
            en: `${self.en} has padding ${shortPair(padding)}, but it must be at most half of the window ${pairText(kernelSize)}, or some windows contain only padding. Use a smaller padding.`,
            zh: `${self.zh}的填充为 ${shortPair(padding)}，但至多为窗口 ${pairText(kernelSize)} 的一半，否则部分窗口中只有填充。请减小填充。`,
          }),
          fixes: [
            {
              kind: 'setConfig',
              key: 'padding',
              value: padding.map((cells, axis) => Math.min(cells, half(kernelSize[axis]))),
            },
            {
              kind: 'setConfig',
              key: 'kernelSize',
              value: kernelSize.map((size, axis) => Math.max(size, 2 * padding[axis])),
            },
          ],
        },
      ],
    };
  }
  const window = windowShape(x, windowConfig(pool), { pool: true, maxPadding: half });
  return 'problems' in window ? window : { outputs: { y: [x[0], ...window.size] } };
}
