import { bool, choice, float } from '../layers/config.ts';
import { defineBlock } from './block.ts';
import { channels, eps, momentum, optionalChannels, stride, weightInit } from './fields.ts';
import { InceptionColumns } from './inceptionColumns.ts';
import { X } from './sketch.ts';

export const inception = defineBlock({
  type: 'inception',
  icon: {
    lines:
      'M8 1.5v1.5M2 6V3h12v3M6 3v3M10 3v3M2 9.5v3h12v-3M6 9.5v3M10 9.5v3M8 12.5v2M1.5 6h1v3.5h-1zM5.5 6h1v3.5h-1zM9.5 6h1v3.5h-1zM13.5 6h1v3.5h-1z',
  },
  title: { en: 'Inception', zh: 'Inception 块' },
  category: 'blocks',
  stem: 'inception',
  keywords: ['googlenet'],
  paper: 'Szegedy et al. 2014, Going Deeper with Convolutions; Ioffe and Szegedy 2015, Batch Normalization',
  doc: {
    en: 'Four parallel branches process the same input at different scales: 1×1; 1×1 then 3×3; 1×1 then 5×5 (or two 3×3); pooling then 1×1. Their outputs are concatenated along the channel axis: C×H×W → (sum of the branches)×H×W. The 1×1 convolutions reduce the MACs of the larger ones. Used in GoogLeNet.',
    zh: '四条并行的路径以不同尺度处理同一输入：1×1；1×1 接 3×3；1×1 接 5×5（或两个 3×3）；汇聚接 1×1。各路径的输出在通道维上连结：C×H×W →（各路径之和）×H×W。前面的 1×1 卷积可减少较大卷积的乘加次数。用于 GoogLeNet。',
  },
  config: {
    ones: optionalChannels(64, { en: '1×1', zh: '1×1' }, { en: '0 removes the branch', zh: '0 表示没有这条路径' }),
    reduce3: channels(96, { en: '3×3 reduce', zh: '3×3 前的 1×1' }),
    threes: channels(128, { en: '3×3', zh: '3×3' }),
    reduce5: channels(16, { en: '5×5 reduce', zh: '5×5 前的 1×1' }),
    fives: channels(32, { en: '5×5', zh: '5×5' }),
    projection: optionalChannels(
      32,
      { en: 'Pool projection', zh: '汇聚后的 1×1' },
      { en: '0 keeps the pooled channels unchanged', zh: '0 表示直接输出汇聚后的通道' },
    ),
    wide: choice<'five' | 'three' | 'twoThrees'>({
      label: { en: 'Third branch', zh: '第三条路径' },
      help: { en: 'Implementation of the 5×5 branch', zh: '5×5 路径的实现方式' },
      default: 'five',
      options: [
        { value: 'five', label: { en: '5×5', zh: '5×5' } },
        { value: 'twoThrees', label: { en: 'Two 3×3', zh: '两个 3×3' } },
        { value: 'three', label: { en: '3×3 (torchvision)', zh: '3×3（torchvision）' } },
      ],
    }),
    between: optionalChannels(
      0,
      { en: 'Between two 3×3', zh: '两个 3×3 之间' },
      { en: 'Channels between the two; 0 means the same as the 5×5', zh: '两者之间的通道数；0 表示与 5×5 相同' },
    ),
    pool: choice<'max' | 'avg'>({
      label: { en: 'Pooling', zh: '汇聚' },
      default: 'max',
      options: [
        { value: 'max', label: { en: 'Max', zh: '最大汇聚' } },
        { value: 'avg', label: { en: 'Average', zh: '平均汇聚' } },
      ],
    }),
    stride,
    batchNorm: bool({ label: { en: 'Batch norm', zh: '批量规范化' }, default: false }),
    eps: float({ ...eps, default: 1e-3 }),
    momentum,
    weightInit,
  },
  inputs: ['x'],
  outputs: ['y'],
  summary: ({ ones, reduce3, threes, reduce5, fives, projection }) => {
    const words = `${ones} / ${reduce3}, ${threes} / ${reduce5}, ${fives} / ${projection}`;
    return { en: words, zh: words };
  },
  draw({ ones, reduce3, threes, reduce5, fives, projection, wide, between, pool, stride, ...style }) {
    const columns = new InceptionColumns(style);
    let column = 0;
    if (ones > 0) columns.branch(columns.unit('branch1', ones, X, { row: 0, column: column++, stride, key: 'ones' }));

    let y = columns.unit('branch2.reduce', reduce3, X, { row: 0, column, key: 'reduce3' });
    y = columns.unit('branch2.conv3x3', threes, y, { row: 1, column: column++, kernel: [3, 3], stride, key: 'threes' });
    columns.branch(y);

    y = columns.unit('branch3.reduce', reduce5, X, { row: 0, column, key: 'reduce5' });
    if (wide === 'twoThrees') {
      const middle = between === 0 ? { of: fives, key: 'fives' } : { of: between, key: 'between' };
      y = columns.unit('branch3.conv3x3_a', middle.of, y, { row: 1, column, kernel: [3, 3], key: middle.key });
      y = columns.unit('branch3.conv3x3_b', fives, y, { row: 2, column, kernel: [3, 3], stride, key: 'fives' });
    } else {
      const [name, kernel] = wide === 'five' ? (['conv5x5', [5, 5]] as const) : (['conv3x3', [3, 3]] as const);
      y = columns.unit(`branch3.${name}`, fives, y, { row: 1, column, kernel, stride, key: 'fives' });
    }
    columns.branch(y);

    y = columns.pool(pool, stride, ++column);
    if (projection > 0) y = columns.unit('branch4.proj', projection, y, { row: 1, column, key: 'projection' });
    columns.branch(y);
    return columns.finish(column + 1, wide === 'twoThrees' ? 3 : 2);
  },
});
