import type { IconName } from '../../ui/icons/Icon.tsx';

const icons: Readonly<Record<string, IconName>> = {
  Resize: 'resize',
  CenterCrop: 'centerCrop',
  Pad: 'pad',
  RandomCrop: 'crop',
  RandomResizedCrop: 'resizedCrop',
  RandomHorizontalFlip: 'flipAcross',
  RandomVerticalFlip: 'flipDown',
  RandomRotation: 'rotate',
  RandomAffine: 'affine',
  RandomPerspective: 'perspective',
  ColorJitter: 'palette',
  Grayscale: 'gray',
  RandomGrayscale: 'gray',
  GaussianBlur: 'blur',
  GaussianNoise: 'noise',
  RandomErasing: 'erase',
  RandAugment: 'dice',
  Normalize: 'bell',
};

export const transformIcon = (type: string): IconName => icons[type] ?? 'help';
