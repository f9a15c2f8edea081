/** Names of datasets as papers write them. */
const titles: Readonly<Record<string, string>> = {
  mnist: 'MNIST',
  fashion: 'Fashion-MNIST',
  cifar10: 'CIFAR-10',
  imagenet: 'ImageNet',
};

export const dataTitle = (source: string): string => titles[source] ?? source;
