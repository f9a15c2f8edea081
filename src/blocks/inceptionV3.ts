import { bool, float, int } from '../layers/config.ts';
import { defineBlock } from './block.ts';
import { channels, eps, momentum, weightInit } from './fields.ts';
import { InceptionColumns } from './inceptionColumns.ts';
import { X } from './sketch.ts';

const paper = 'Szegedy et al. 2015, Rethinking the Inception Architecture for Computer Vision';
const shared = {
  batchNorm: bool({ label: { en: 'Batch norm', zh: '批量规范化' }, default: true }),
  eps: float({ ...eps, default: 1e-3 }),
  momentum,
  weightInit,
};
const projection = (value: number) => channels(value, { en: 'Pool projection', zh: '汇聚后的 1×1' });
const ones = (value: number) => channels(value, { en: '1×1', zh: '1×1' });

export const inceptionA = defineBlock({
  type: 'inceptionA',
  icon: {
    lines: 'M8 1.5v2M3 6.5v-3h10v3M8 3.5v3M3 9.5v3h10v-3M8 9.5v3M8 12.5v2M2 6.5h2v3H2zM7 6.5h2v3H7zM12 6.5h2v3h-2z',
  },
  title: { en: 'Inception v3-A', zh: 'Inception v3-A 块' },
  category: 'blocks',
  stem: 'inceptionA',
  paper,
  doc: {
    en: 'Inception with average pooling, batch norm and a branch of two 3×3 convolutions: C×35×35 → 256×35×35 in Inception v3.',
    zh: '采用平均汇聚、批量规范化，并有一条路径为两个 3×3 卷积的 Inception 块：在 Inception v3 中 C×35×35 → 256×35×35。',
  },
  config: {
    ones: ones(64),
    reduce5: channels(48, { en: '5×5 reduce', zh: '5×5 前的 1×1' }),
    fives: channels(64, { en: '5×5', zh: '5×5' }),
    reduce3: channels(64, { en: '3×3 reduce', zh: '3×3 前的 1×1' }),
    threes: channels(96, { en: 'Two 3×3', zh: '两个 3×3' }),
    projection: projection(32),
    ...shared,
  },
  inputs: ['x'],
  outputs: ['y'],
  summary: ({ ones, reduce5, fives, reduce3, threes, projection }) => {
    const words = `${ones} / ${reduce5}, ${fives} / ${reduce3}, ${threes} / ${projection}`;
    return { en: words, zh: words };
  },
  draw({ ones, reduce5, fives, reduce3, threes, projection, ...style }) {
    const columns = new InceptionColumns(style);
    columns.branch(columns.unit('branch1', ones, X, { row: 0, column: 0, key: 'ones' }));
    let y = columns.unit('branch2.reduce', reduce5, X, { row: 0, column: 1, key: 'reduce5' });
    columns.branch(columns.unit('branch2.conv5x5', fives, y, { row: 1, column: 1, kernel: [5, 5], key: 'fives' }));
    y = columns.unit('branch3.reduce', reduce3, X, { row: 0, column: 2, key: 'reduce3' });
    y = columns.unit('branch3.conv3x3_a', threes, y, { row: 1, column: 2, kernel: [3, 3], key: 'threes' });
    columns.branch(columns.unit('branch3.conv3x3_b', threes, y, { row: 2, column: 2, kernel: [3, 3], key: 'threes' }));
    y = columns.pool('avg', 1, 3);
    columns.branch(columns.unit('branch4.proj', projection, y, { row: 1, column: 3, key: 'projection' }));
    return columns.finish(4, 3);
  },
});

export const inceptionB = defineBlock({
  type: 'inceptionB',
  icon: {
    lines:
      'M8 1.5v2M3 6v-2.5h10V6M8 3.5V5M3 10v2.5h10V10M8 11v1.5M8 12.5v2M1.5 6h3v4h-3zM6.5 5h3v2.4h-3zM6.5 8.6h3V11h-3zM11.5 6h3v4h-3z',
  },
  title: { en: 'Inception v3-B', zh: 'Inception v3-B 块' },
  category: 'blocks',
  stem: 'inceptionB',
  paper,
  doc: {
    en: 'Inception with factorized convolutions: a 7×7 becomes 1×7 and 7×1, with the same receptive field but 14 weights instead of 49. Without factorization, for comparison, it has nearly three times the parameters.',
    zh: '对大卷积做分解的 Inception 块：7×7 分解为 1×7 与 7×1，感受野相同，权重却从 49 减到 14。也可不分解以作比较，参数量约为三倍。',
  },
  config: {
    outer: channels(192, { en: 'Each branch', zh: '每条路径的输出通道数' }),
    inner: channels(128, { en: 'Inside branches', zh: '路径内部的通道数' }),
    size: int({ label: { en: 'Kernel size', zh: '卷积核大小' }, default: 7, min: 1, max: 63 }),
    apart: bool({
      label: { en: 'Factorized', zh: '分解' },
      help: { en: '1×n and n×1 instead of n×n', zh: '用 1×n 与 n×1 代替 n×n' },
      default: true,
    }),
    ...shared,
  },
  inputs: ['x'],
  outputs: ['y'],
  summary: ({ outer, inner, size, apart }) => {
    const words = `${apart ? `1×${size}, ${size}×1` : `${size}×${size}`} · ${inner} / ${outer}`;
    return { en: words, zh: words };
  },
  draw({ outer, inner, size, apart, ...style }) {
    const columns = new InceptionColumns(style);
    // A 1×1 convolution cannot be factorized.
    const divided = apart && size > 1;
    const [wide, tall, whole] = [`conv1x${size}`, `conv${size}x1`, `conv${size}x${size}`];
    columns.branch(columns.unit('branch1', outer, X, { row: 0, column: 0, key: 'outer' }));

    let at = { row: 0, column: 1 };
    const down = () => {
      at = { ...at, row: at.row + 1 };
      return at;
    };
    let y = columns.unit('branch2.reduce', inner, X, { ...at, key: 'inner' });
    if (divided) {
      y = columns.unit(`branch2.${wide}`, inner, y, { ...down(), kernel: [1, size], key: 'inner' });
      y = columns.unit(`branch2.${tall}`, outer, y, { ...down(), kernel: [size, 1], key: 'outer' });
    } else y = columns.unit(`branch2.${whole}`, outer, y, { ...down(), kernel: [size, size], key: 'outer' });
    columns.branch(y);

    at = { row: 0, column: 2 };
    y = columns.unit('branch3.reduce', inner, X, { ...at, key: 'inner' });
    if (divided) {
      y = columns.unit(`branch3.${tall}_a`, inner, y, { ...down(), kernel: [size, 1], key: 'inner' });
      y = columns.unit(`branch3.${wide}_a`, inner, y, { ...down(), kernel: [1, size], key: 'inner' });
      y = columns.unit(`branch3.${tall}_b`, inner, y, { ...down(), kernel: [size, 1], key: 'inner' });
      y = columns.unit(`branch3.${wide}_b`, outer, y, { ...down(), kernel: [1, size], key: 'outer' });
    } else {
      y = columns.unit(`branch3.${whole}_a`, inner, y, { ...down(), kernel: [size, size], key: 'inner' });
      y = columns.unit(`branch3.${whole}_b`, outer, y, { ...down(), kernel: [size, size], key: 'outer' });
    }
    columns.branch(y);

    y = columns.pool('avg', 1, 3);
    columns.branch(columns.unit('branch4.proj', outer, y, { row: 1, column: 3, key: 'outer' }));
    return columns.finish(4, at.row + 1);
  },
});

export const inceptionC = defineBlock({
  type: 'inceptionC',
  icon: {
    lines: 'M8 1.5v2M3 6v-2.5h10V6M3 10v2.5h10V10M8 12.5v2M1.5 6h3v4h-3zM8 3.5v3.5M8 7H6.3v3.5M8 7h1.7v3.5M13 6v4',
  },
  title: { en: 'Inception v3-C', zh: 'Inception v3-C 块' },
  category: 'blocks',
  stem: 'inceptionC',
  paper,
  doc: {
    en: 'Inception for small feature maps at the end of a network, with parallel 1×3 and 3×1 convolutions for more channels: C×8×8 → 2048×8×8 in Inception v3.',
    zh: '用于网络末端小特征图的 Inception 块：1×3 与 3×1 卷积并列，以增加通道数：在 Inception v3 中 C×8×8 → 2048×8×8。',
  },
  config: {
    ones: ones(320),
    spread: channels(384, { en: '1×3 and 3×1', zh: '1×3 与 3×1' }),
    reduce3: channels(448, { en: '3×3 reduce', zh: '3×3 前的 1×1' }),
    projection: projection(192),
    ...shared,
  },
  inputs: ['x'],
  outputs: ['y'],
  summary: ({ ones, spread, reduce3, projection }) => {
    const words = `${ones} / 2·${spread} / ${reduce3}, 2·${spread} / ${projection}`;
    return { en: words, zh: words };
  },
  draw({ ones, spread, reduce3, projection, ...style }) {
    const columns = new InceptionColumns(style);
    columns.branch(columns.unit('branch1', ones, X, { row: 0, column: 0, key: 'ones' }));
    const sideBySide = (branch: string, from: typeof X, column: number, row: number): void => {
      const ends = (['1x3', '3x1'] as const).map((name, i) => {
        const kernel = [[1, 3] as const, [3, 1] as const][i];
        return columns.unit(`${branch}.conv${name}`, spread, from, { row, column: column + i, kernel, key: 'spread' });
      });
      const place = { row: row + 1, column: column + 0.5 };
      columns.branch(columns.sketch.add(`${branch}.concat`, 'concat', { count: 2 }, ends, place));
    };
    sideBySide('branch2', columns.unit('branch2.pre', spread, X, { row: 0, column: 1.5, key: 'spread' }), 1, 2);
    let y = columns.unit('branch3.pre.reduce', reduce3, X, { row: 0, column: 3.5, key: 'reduce3' });
    y = columns.unit('branch3.pre.conv3x3', spread, y, { row: 1, column: 3.5, kernel: [3, 3], key: 'spread' });
    sideBySide('branch3', y, 3, 2);
    y = columns.pool('avg', 1, 5);
    columns.branch(columns.unit('branch4.proj', projection, y, { row: 1, column: 5, key: 'projection' }));
    return columns.finish(6, 4);
  },
});
