import { expect, test } from 'vitest';
import { type Template, templates } from '../../../templates/index.ts';
import { foundTemplates } from './findTemplates.ts';
import { isTrainable } from './trainable.ts';

const idsOf = (query: string) => foundTemplates(templates, query).map(({ id }) => id);

test.each([
  ['bn-lenet', 'bn_lenet'],
  ['bn_lenet', 'bn_lenet'],
  ['BN LeNet', 'bn_lenet'],
  ['resnet-18', 'resnet18'],
  ['残差', 'resnet18'],
  ['1998', 'lenet'],
])('%s finds %s', (query, id) => expect(idsOf(query)).toContain(id));

test('matches of a name precede those of a description', () => expect(idsOf('resnet-34')[0]).toBe('resnet34'));

test('an unrelated word finds nothing', () => expect(idsOf('zebra')).toEqual([]));

test('the digits are available, the images of ImageNet are not', () => {
  const trainable = (id: string) => isTrainable(templates.find((each) => each.id === id) as Template);
  expect(trainable('lenet_modern')).toBe(true);
  expect(trainable('mlp')).toBe(true);
  expect(templates.filter((each) => !isTrainable(each)).length).toBeGreaterThan(10);
});
