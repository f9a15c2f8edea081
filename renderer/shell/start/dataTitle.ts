/** Names of datasets as papers write them; generated ones are called by their keys, which are words. */
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
