import { expect, it } from 'vitest';
import { templateOf, templates } from '../../templates/index.ts';
import { check } from '../check/check.ts';
import { UserError } from '../text.ts';
import { drawnFrom as drawn } from './templateName.ts';

const drawnFrom = (name: string) => drawn(name, templates);

const paramsOf = (name: string): number | undefined => {
  const document = drawnFrom(name);
  if (document === null) return undefined;
  const { diagnostics, totals } = check(document);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return totals.params;
};

it('a name without options is the template itself', () => {
  expect(drawnFrom('lenet')).toBe(templateOf('lenet')?.document);
  expect(drawnFrom('network.json')).toBeNull();
});

/** Parameter counts of torchvision, and of the paper for CIFAR-10 (He et al. 2015, table 6). */
it.each([
  ['vgg16:depth=13', 133_047_848],
  ['vgg16:depth=19', 143_667_240],
  // torchvision keeps the biases before batch norm, one for each of 4,224 channels.
  ['vgg16:batchNorm=true,depth=16', 138_365_992 - 4_224],
  ['vgg16:depth=11', 132_863_336],
  ['densenet121:layers=6x12x32x32', 14_149_480],
  ['densenet121:layers=6x12x48x32', 20_013_928],
  ['resnet18:depth=34', 21_797_672],
  ['resnet152:depth=50', 25_557_032],
  ['resnet20_cifar:blocks=9', 853_018],
  ['resnet20_cifar:blocks=18', 1_727_962],
  ['lenet:act=relu,pooling=max', 61_706],
  ['mlp:hidden=', 7_850],
  ['mlp:hidden=128x64,dropout=0.1x0.2', 784 * 128 + 128 + 128 * 64 + 64 + 64 * 10 + 10],
])('%s has %i parameters', (name, params) => {
  expect(paramsOf(name)).toBe(params);
});

it('applies another input shape and number of classes', () => {
  const document = drawnFrom('resnet18:input=1x64x64,classes=10,width=16');
  expect(document?.name).toBe('ResNet-18');
  expect(document?.template).toBe('resnet18');
  expect(check(document as NonNullable<typeof document>).graph?.nodes[0]?.outputs.y).toEqual([1, 64, 64]);
});

it.each([
  ['vgg16:dept=13', /no option “dept”.*depth/],
  ['vgg16:depth=12', /Option “depth” of template “vgg16” must be one of 11, 13, 16, 19, not “12”/],
  ['mlp:classes=', /must be a whole number/],
  ['resnet20_cifar:blocks=0x3', /must be a whole number.*not “0x3”/],
  ['mlp:hidden=axb', /must be whole numbers/],
  ['perceptron:classes=3', /has no options/],
])('refuses %s', (name, message) => {
  expect(() => drawnFrom(name)).toThrow(UserError);
  expect(() => drawnFrom(name)).toThrow(message);
});
