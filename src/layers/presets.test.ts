import { expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { offerOf, offers } from './presets.ts';

test('every palette entry has a unique id, and a title and help in both languages', () => {
  expect(new Set(offers.map(({ id }) => id)).size).toBe(offers.length);
  for (const { title, doc } of offers) {
    expect(title.en).not.toBe('');
    expect(doc.zh).toMatch(/[一-鿿]{4}/);
  }
});

test.each(
  offers.filter(({ id, layer }) => id !== layer.type).map((offer) => [offer.id, offer] as const),
)('%s is a valid config that infers a shape', (_, { layer, config }) => {
  for (const x of [undefined, [24, 9, 9]]) {
    const read = readConfig(layer.config, config(x));
    expect(read.problems).toEqual([]);
    expect(Object.keys(config(x)).filter((key) => !(key in layer.config))).toEqual([]);
    expect(layer.infer({ x: x ?? [16, 9, 9] }, read.config)).toHaveProperty('outputs');
  }
});

test('a depthwise convolution has as many groups as input channels', () => {
  expect(offerOf('depthwiseConv')?.config([24, 9, 9])).toMatchObject({ outChannels: 24, groups: 24 });
});
