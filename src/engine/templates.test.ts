import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { templates } from '../../templates/index.ts';
import { check } from '../check/check.ts';

interface Network {
  id: string;
  input_shape: number[];
  totals: { params: number; macs: number };
  layers: { name: string; output_shape: number[]; params: number; macs: number }[];
}

const { networks } = JSON.parse(readFileSync(new URL('../../testdata/networks.json', import.meta.url), 'utf8')) as {
  networks: Network[];
};

describe.each(templates)('template $id', ({ id, document }) => {
  const network = networks.find((candidate) => candidate.id === id);

  it('is sound', () => {
    expect(check(document).diagnostics).toEqual([]);
  });

  it('has the layers, shapes, parameters and multiply-adds of the reference', () => {
    const { nodes, totals } = check(document);
    const inner = [...nodes.values()].filter(({ layer }) => layer !== 'input' && layer !== 'classifier');
    const drawn = inner.map(({ name, outputs, params, macs }) => ({ name, output_shape: outputs.y, params, macs }));
    expect(drawn).toEqual(
      network?.layers.map(({ name, output_shape, params, macs }) => ({ name, output_shape, params, macs })),
    );
    expect(totals).toMatchObject({ params: network?.totals.params, macs: network?.totals.macs });
  });
});
