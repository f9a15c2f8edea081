import { expect, test } from 'vitest';
import { templates } from '../../templates/index.ts';
import { UnsupportedCase } from '../engine/golden/draw.ts';
import { drawNetwork, readNetworks } from '../engine/golden/networks.ts';
import { check } from './check.ts';

/** Problems of a document, without hints and missing datasets. */
const problemsOf = (doc: Parameters<typeof check>[0]): string[] =>
  check(doc)
    .diagnostics.filter(({ severity, code }) => severity !== 'hint' && code !== 'data-missing')
    .map(({ code, message }) => `${code}: ${message.en}`);

test.each(
  templates.map(({ id, document }) => [id, document] as const),
)('the template %s has no problems', (_, document) => {
  expect(problemsOf(document)).toEqual([]);
});

test('the networks of books and papers have no problems', async () => {
  const networks = await readNetworks(new URL('../../testdata/networks.json', import.meta.url));
  const data = { source: 'elsewhere', validation: 0.2, splitSeed: 1 };
  let drawn = 0;
  // Blocks output images, and a classifier needs at least two classes.
  const whole = networks.filter(({ output_shape: [classes = 0, ...rest] }) => classes > 1 && rest.length === 0);
  for (const network of whole) {
    try {
      const document = drawNetwork(network, { data });
      drawn++;
      expect(problemsOf(document), network.id).toEqual([]);
    } catch (error) {
      if (!(error instanceof UnsupportedCase)) throw error;
    }
  }
  expect(drawn).toBeGreaterThan(20);
});
