import type { Text } from '../text.ts';
import { bool, type ConfigOf, type Pair, pair, pairText, shortPair } from './config.ts';
import type { InferResult, Shape } from './layer.ts';
import { type WindowConfig, windowShape } from './window.ts';

export const poolFields = {
  kernelSize: pair({
    label: { en: 'Window', zh: '窗口' },
    help: { en: 'height and width of the window', zh: '窗口的高和宽' },
    default: [2, 2],
    min: 1,
    max: 512,
  }),
  stride: pair({
    label: { en: 'Stride', zh: '步幅' },
    help: {
      en: 'cells the window moves at a time; as large as the window, so that none overlap',
      zh: '窗口每次移动的格数；与窗口同大则互不重叠',
    },
    default: [2, 2],
    min: 1,
    max: 512,
  }),
  padding: pair({
    label: { en: 'Padding', zh: '填充' },
    help: { en: 'at most half of the window', zh: '至多为窗口的一半' },
    default: [0, 0],
    min: 0,
    max: 256,
  }),
  ceilMode: bool({
    label: { en: 'Round up', zh: '向上取整' },
    help: { en: 'keep a last window that hangs over the end', zh: '保留超出边缘的最后一个窗口' },
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
            en: `${self.en} has padding ${shortPair(padding)}, but it can be at most half of the window ${pairText(kernelSize)}; otherwise some windows would hold padding alone.`,
            zh: `${self.zh} 的填充为 ${shortPair(padding)}，但至多为窗口 ${pairText(kernelSize)} 的一半，否则有的窗口里只有填充。`,
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
