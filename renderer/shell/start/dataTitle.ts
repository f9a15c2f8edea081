/** Titles of datasets as in papers; for generated datasets the key itself is a title. */
const titles: Readonly<Record<string, string>> = {
  mnist: 'MNIST',
  'fashion-mnist': 'Fashion-MNIST',
  cifar10: 'CIFAR-10',
  imagenet: 'ImageNet',
  hotdog: 'Hotdog',
  xor: 'XOR',
  or: 'OR',
};

export const dataTitle = (source: string): string => titles[source] ?? source;
