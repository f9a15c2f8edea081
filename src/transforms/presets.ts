import { MOST_TRANSFORMS } from '../graph/document.ts';
import type { Text } from '../text.ts';
import type { ImageShape } from './image.ts';
import { IMAGENET } from './normalize.ts';
import type { TransformSetting } from './setting.ts';

type List = readonly TransformSetting[];

/** Several transforms that are usually used together. */
export interface TransformPreset {
  readonly id: string;
  readonly title: Text;
  /** Its transforms, by torchvision's names. */
  readonly doc: Text;
  /** The transforms for images of a shape. */
  steps(image: ImageShape): List;
}

const FLIP: TransformSetting = { type: 'RandomHorizontalFlip', p: 0.5 };
const crop = ([, height, width]: ImageShape): TransformSetting => ({
  type: 'RandomCrop',
  size: [height, width],
  // He et al. (2015), section 4.2, pad 32×32 images by 4 pixels.
  padding: [Math.max(1, Math.round(Math.min(height, width) / 8))],
});

/** Networks trained on ImageNet take 224×224 images of three channels. */
const SIDE = [224, 224];
const toColor = ([channels]: ImageShape): List =>
  channels === 1 ? [{ type: 'Grayscale', num_output_channels: '3' }] : [];
const imageNet = (image: ImageShape, random: List): List => [
  ...toColor(image),
  { type: 'Resize', size: [256, 256] },
  ...random,
  { type: 'CenterCrop', size: SIDE },
  { type: 'Normalize', ...IMAGENET },
];

export const transformPresets: readonly TransformPreset[] = [
  {
    id: 'standard',
    title: { en: 'Standard augmentation for small images', zh: '小图像的标准增广' },
    doc: { en: 'Random crop with padding, flip left–right', zh: '带填充的随机裁剪，左右翻转' },
    steps: (image) => [crop(image), FLIP],
  },
  {
    id: 'randAugment',
    title: { en: 'RandAugment with crop and flip', zh: 'RandAugment，含裁剪和翻转' },
    doc: {
      en: 'Random crop with padding, flip left–right, then two random operations of magnitude 9',
      zh: '带填充的随机裁剪，左右翻转，再执行两个幅度为 9 的随机操作',
    },
    steps: (image) => [crop(image), FLIP, { type: 'RandAugment', num_ops: 2, magnitude: 9 }],
  },
  {
    id: 'imageNetTraining',
    title: { en: 'ImageNet training', zh: 'ImageNet 训练' },
    doc: {
      en: 'Random resized crop to 224×224 and flip in training, center crop in prediction, ImageNet mean and deviation',
      zh: '训练时随机缩放裁剪为 224×224 并翻转，预测时中心裁剪，使用 ImageNet 的均值和标准差',
    },
    steps: (image) => imageNet(image, [{ type: 'RandomResizedCrop', size: SIDE }, FLIP]),
  },
  {
    id: 'imageNetEvaluation',
    title: { en: 'ImageNet evaluation', zh: 'ImageNet 评估' },
    doc: {
      en: 'Resize to 256×256, center crop to 224×224, ImageNet mean and deviation',
      zh: '缩放为 256×256，中心裁剪为 224×224，使用 ImageNet 的均值和标准差',
    },
    steps: (image) => imageNet(image, []),
  },
];

/**
 * The list with the transforms of a preset at its end, and the place of the first. A Normalize at the end stays last, instead of that
 * of the preset. Null where there would be too many. `image`: the shape after the list.
 */
export function withPreset(
  list: List,
  preset: TransformPreset,
  image: ImageShape,
): { readonly list: List; readonly place: number } | null {
  const last = list.at(-1);
  const isNormalized = last?.type === 'Normalize';
  const added = preset.steps(image).filter(({ type }) => !isNormalized || type !== 'Normalize');
  const place = isNormalized ? list.length - 1 : list.length;
  const longer = list.toSpliced(place, 0, ...added);
  return longer.length > MOST_TRANSFORMS ? null : { list: longer, place };
}
