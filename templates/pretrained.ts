import type { Text } from '../src/text.ts';

/** A trained network that ships with the app (pretrained/README.md). */
export interface PretrainedNetwork {
  /** Name of its file without the ending. */
  readonly id: PretrainedId;
  readonly title: Text;
  /** Data and measured accuracy. */
  readonly about: Text;
  readonly recipe: Text;
  readonly params: number;
  /** Accuracy on the held-out digits, in percent. */
  readonly accuracy: number;
}

export const pretrainedIds = ['lenet_digits', 'bn_lenet_digits'] as const;
export type PretrainedId = (typeof pretrainedIds)[number];

/** `accuracy`: measured on the 2,000 held-out digits, in percent. */
const digits = (id: PretrainedId, title: Text, accuracy: number, params: number): PretrainedNetwork => ({
  id,
  title,
  accuracy,
  params,
  recipe: {
    en: 'AdamW, 10 epochs, learning rate 0.002 along a cosine, weight decay 0.05, batch size 64, seed 1, RandomAffine',
    zh: 'AdamW，10 轮，学习率 0.002（余弦调度），权重衰减 0.05，批量大小 64，随机种子 1，RandomAffine',
  },
  about: {
    en: `Trained on 8,000 of the included digits; ${accuracy}% of the other 2,000 are correct`,
    zh: `用内置的 8,000 个手写数字训练，其余 2,000 个的精度为 ${accuracy}%`,
  },
});

export const pretrained: readonly PretrainedNetwork[] = [
  digits('lenet_digits', { en: 'LeNet, trained on digits', zh: '在手写数字上训练的 LeNet' }, 98.1, 61_706),
  digits(
    'bn_lenet_digits',
    { en: 'LeNet with batch norm, trained on digits', zh: '在手写数字上训练的 LeNet（批量规范化）' },
    98.45,
    62_158,
  ),
];
