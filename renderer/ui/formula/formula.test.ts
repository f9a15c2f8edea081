import { renderToString } from 'katex';
import { describe, expect, test } from 'vitest';
import { type ConfigSchema, type Field, readConfig } from '../../../src/layers/config.ts';
import { layers } from '../../../src/layers/index.ts';
import type { Formula } from '../../../src/layers/layer.ts';
import { offers } from '../../../src/layers/presets.ts';
import { sumTex } from './sumTex.ts';

const typeset = (tex: string, displayMode = true): string =>
  renderToString(tex, { displayMode, output: 'htmlAndMathml', throwOnError: true, strict: 'error' });

/** Values of a field that may change the formula. */
function valuesOf(field: Field): readonly unknown[] {
  switch (field.kind) {
    case 'bool':
      return [true, false];
    case 'choice':
      return field.options.map(({ value }) => value);
    case 'pair':
    case 'padding':
      return [field.default, [3, 3]];
    case 'float':
      return [field.default, 0.25];
    case 'numbers':
      return [field.default, [1, 2]];
    default:
      return [field.default];
  }
}

/** All pairs of values for all pairs of fields. */
function configs(schema: ConfigSchema): Record<string, unknown>[] {
  const single = Object.entries(schema).flatMap(([key, field]) => valuesOf(field).map((value) => ({ [key]: value })));
  return [{}, ...single.flatMap((a) => single.map((b) => ({ ...a, ...b })))];
}

function check({ tex, where, source }: Formula): void {
  expect(tex.length).toBeGreaterThan(0);
  for (const line of tex) typeset(line);
  for (const text of Object.values(where ?? {})) {
    const parts = text.split('$');
    expect(parts.length % 2).toBe(1);
    for (const [index, part] of parts.entries()) if (index % 2 === 1) typeset(part, false);
  }
  if (source !== undefined) expect(source).toMatch(/\d{4}|PyTorch/);
}

describe('every layer has a formula that typesets, whatever its config', () => {
  test.each(layers.map((layer) => [layer.type, layer] as const))('%s', (_, { config: schema, formula }) => {
    for (const values of configs(schema)) check(formula(readConfig(schema, values as never).config));
  });
});

test('a formula omits terms that the config disables', () => {
  const conv = (values: object): string => {
    const layer = layers.find(({ type }) => type === 'conv2d');
    return layer?.formula(readConfig(layer.config, values as never).config).tex.join('\n') ?? '';
  };
  expect(conv({})).toContain("H' = H - k + 1");
  expect(conv({ bias: false })).not.toContain('b_f');
  expect(conv({ stride: [2, 2], padding: [1, 1] })).toContain(
    '\\left\\lfloor \\frac{H + 2p - k}{s} \\right\\rfloor + 1',
  );
});

test.each([
  ['(28 + 2·0 − 5)/1 + 1 = 24', '(28 + 2 \\cdot 0 - 5) + 1 = 24'],
  [
    '⌊(28 + 2·1 − (2·(3 − 1) + 1))/2⌋ + 1 = 13',
    '\\left\\lfloor \\frac{28 + 2 \\cdot 1 - (2 \\cdot (3 - 1) + 1)}{2}\\right\\rfloor  + 1 = 13',
  ],
  ['16·6·5·5 + 16 = 2,416', '16 \\cdot 6 \\cdot 5 \\cdot 5 + 16 = 2{,}416'],
])('%s', (sum, tex) => {
  expect(sumTex(sum)).toBe(tex);
  typeset(tex);
});

test('the size calculations of every layer typeset', () => {
  for (const { layer, config } of offers) {
    const read = readConfig(layer.config, config()).config;
    for (const shape of [[16, 9, 9], [16]]) {
      const x = Object.fromEntries((layer.inputsOf?.(read) ?? layer.inputs).map((port) => [port, shape]));
      const y = layer.infer(x, read);
      if ('outputs' in y) for (const { sum } of layer.explain?.(x, y.outputs, read) ?? []) typeset(sumTex(sum));
    }
  }
});
