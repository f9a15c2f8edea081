import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { pretrained } from '../../templates/pretrained.ts';
import { check } from '../check/check.ts';
import { Engine } from './engine.ts';
import { connect } from './engineTestClient.ts';
import { filesBeside } from './files.ts';
import { checkedGraph } from './network.ts';
import { readProjectFile } from './projectFile.ts';
import { CPU_DEVICE } from './session.ts';
import { fittingWeights, readWeights } from './weights.ts';

const folder = fileURLToPath(new URL('../../pretrained', import.meta.url));
const files = filesBeside(new URL('../../out/main/engine.js', import.meta.url).href);

it('the shipped files are those of the list, and have less than 2 MB', () => {
  const found = readdirSync(folder).filter((name) => name.endsWith('.netloom'));
  expect(found.sort()).toEqual(pretrained.map(({ id }) => `${id}.netloom`).sort());
  const bytes = found.reduce((sum, name) => sum + statSync(`${folder}/${name}`).size, 0);
  expect(bytes).toBeLessThan(2 * 2 ** 20);
});

describe.each(pretrained)('$id', ({ id, about, params, accuracy: stated }) => {
  it('has weights for every layer, and the stated accuracy', async () => {
    const { document, weights, remarks } = await readProjectFile(`${folder}/${id}.netloom`, { name: id });
    expect(remarks).toEqual([]);
    const held = readWeights(weights ?? new Uint8Array(), id);
    expect(fittingWeights(checkedGraph(document), held, () => new Map()).missing).toEqual([]);
    const client = connect(new Engine({ files, device: CPU_DEVICE }));
    await client.call('setWeights', { weights: new Uint8Array(weights ?? []) });
    const { accuracy } = await client.call('evaluate', { document });
    expect(check(document).totals.params).toBe(params);
    expect(stated).toBe(Number((100 * (accuracy ?? 0)).toFixed(2)));
    expect(about.en).toContain(`${Number((100 * (accuracy ?? 0)).toFixed(2))}%`);
  });
});
