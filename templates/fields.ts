import { int, numbers, shape } from '../src/layers/config.ts';
import type { Text } from '../src/text.ts';

/** Input shape and number of classes of a network. */
export const ends = {
  input: shape({
    label: { en: 'Input', zh: '输入' },
    help: { en: 'Shape of one sample: channels, height, width', zh: '一个样本的形状：通道数、高、宽' },
    default: [1, 28, 28],
  }),
  classes: int({ label: { en: 'Classes', zh: '类别数' }, default: 10, min: 2, max: 100_000 }),
};

export const width = (label: Text, help: Text, value: number) =>
  int({ label, help, default: value, min: 1, max: 4096 });

export const widths = (label: Text, help: Text, value: readonly number[]) =>
  numbers({ label, help, default: value, min: 1, max: 65_536, whole: true });
