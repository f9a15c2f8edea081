import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { initialParameters } from '../compile/initialize.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { safetensorsMetadata } from '../graph/safetensors.ts';
import { matchWeights, targetsOf } from '../plan/matchWeights.ts';
import type { ExportChoices } from '../protocol/exported.ts';
import { exportLines } from '../protocol/exportText.ts';
import { worksWith } from '../worksWith.ts';
import { ExportJob } from './exportJob.ts';
import { previewExport } from './exportPreview.ts';
import { exportAs, sizeOf, writeExport } from './exports.ts';
import { filesBeside, openDataset } from './files.ts';
import { checkedGraph } from './network.ts';
import { CPU_DEVICE, openModel } from './session.ts';
import { readWeightSource, takenWeights } from './weightSource.ts';
import { tensorsSha256 } from './weights.ts';

const files = filesBeside(new URL('../../out/main/engine.js', import.meta.url).href);
const folder = mkdtempSync(join(tmpdir(), 'netloom-exports-'));
afterAll(() => rmSync(folder, { recursive: true }));

const document = templateOf('mlp')?.document as NetworkDocument;
const graph = checkedGraph(document);
const weights = initialParameters(graph, 3);
const request = { graph, weights, initial: [], device: CPU_DEVICE };
const data = openDataset('mnist', files);

const exported = async (choices: ExportChoices, fileName = 'net.onnx') =>
  exportAs({ ...request, data: await data, choices, fileName });

describe('weights in a second file', () => {
  it('are read by the runtime from beside the model', async () => {
    const { files, report } = await exported({ format: 'onnx', external: true });
    expect(files.map(({ path }) => path)).toEqual(['net.onnx.data', 'net.onnx']);
    expect(exportLines(report).map(({ en }) => en)).toContainEqual(expect.stringContaining('net.onnx.data'));
    const path = join(folder, 'net.onnx');
    await writeExport({ format: 'onnx', path, files });
    await (await openModel(path, CPU_DEVICE)).release();
    expect(readFileSync(path).length).toBeLessThan(sizeOf(files) / 4);
  });

  it('do not replace the file of another model', async () => {
    const { files } = await exported({ format: 'onnx', external: true }, 'new.onnx');
    writeFileSync(join(folder, 'new.onnx.data'), 'precious');
    const path = join(folder, 'new.onnx');
    await expect(writeExport({ format: 'onnx', path, files })).rejects.toThrow('“new.onnx.data” already exists');
    expect(readFileSync(join(folder, 'new.onnx.data'), 'utf8')).toBe('precious');
    expect(existsSync(path)).toBe(false);
    await writeExport({ format: 'onnx', path, files, force: true });
    await (await openModel(path, CPU_DEVICE)).release();
  });
});

describe('a preview', () => {
  it.each<ExportChoices>([
    { format: 'onnx' },
    { format: 'onnx', opset: 21, fold: true },
    { format: 'onnx', preprocessing: true, float16: true },
  ])('of %j has the operators and inputs of the export', async (choices) => {
    const preview = previewExport({ graph, weights, data: await data, choices });
    const { report } = await exported(choices);
    expect(report).toMatchObject({
      opset: preview.model?.opset,
      ops: preview.model?.ops,
      inputs: preview.model?.inputs,
    });
    expect(preview.preprocessing).toMatchObject({ inputs: [{ elementType: 'uint8', shape: ['N', 28, 28, 1] }] });
  });

  it('names the programs that run the model', async () => {
    const { model } = previewExport({ graph, weights, data: await data, choices: { format: 'onnx' } });
    if (model === null) throw new Error('there is no model');
    expect(worksWith(model).map(({ obstacle }) => obstacle)).toEqual([null, null, null, null]);
  });

  it('says why preprocessing or an export is not possible', async () => {
    const without = previewExport({ graph, weights, data: null, choices: { format: 'onnx', preprocessing: true } });
    expect(without).toMatchObject({
      problem: null,
      preprocessing: { reason: { en: expect.stringContaining('without the dataset') } },
    });
    const broken = new Map(weights);
    const [name = '', first] = [...broken][0] ?? [];
    if (first !== undefined)
      broken.set(name, { ...first, data: Float32Array.from(first.data as Float32Array, () => 1e6) } as typeof first);
    const choices = { format: 'onnx', float16: true } as const;
    const large = previewExport({ graph, weights: broken, data: await data, choices });
    expect(large.preprocessing).toMatchObject({ inputs: [{ elementType: 'uint8' }] });
    expect(large.problem?.en).toContain(`“${name}” has values beyond 65,504`);
  });
});

describe('a job', () => {
  it('ends for its caller when it is canceled, and does not begin another part', async () => {
    const job = new ExportJob();
    const begun: string[] = [];
    let goOn = (): void => {};
    const works = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const running = job.run(async (begin) => {
      await begin('write');
      begun.push('write');
      await works;
      await begin('verify');
      begun.push('verify');
    });
    await expect.poll(() => job.part).toBe('write');
    job.cancel();
    await expect(running).rejects.toThrow('The export was canceled');
    goOn();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([begun, job.part]).toEqual([['write'], null]);
  });
});

describe('a safetensors file', () => {
  it('has the bits of the weights, and start weights take all of them by path', async () => {
    const deep = checkedGraph(templateOf('bn_lenet')?.document as NetworkDocument);
    const own = initialParameters(deep, 5);
    // Values that a conversion through other numbers would change.
    const odd = Float32Array.of(-0, 1e-45, -3.4028234663852886e38, 1 + 2 ** -23);
    for (const { data } of own.values()) (data as Float32Array).set(odd.subarray(0, data.length));
    const { files, report } = await exportAs({
      ...{ graph: deep, weights: own, initial: [], data: await data, device: CPU_DEVICE },
      ...{ choices: { format: 'safetensors' }, fileName: 'own.safetensors' },
    });
    const path = join(folder, 'own.safetensors');
    await writeExport({ format: 'safetensors', path, files });
    expect(safetensorsMetadata(readFileSync(path))).toMatchObject({
      netloom_version: expect.any(String),
      netloom_network: expect.stringMatching(/^[0-9a-f]{64}$/),
      netloom_weights: 'trained',
    });
    expect(report).toMatchObject({ tensors: own.size });
    const source = await readWeightSource(path);
    const table = matchWeights(targetsOf(deep), source.tensors);
    expect(new Set(table.rows.map(({ rule }) => rule))).toEqual(new Set(['path']));
    expect(tensorsSha256(takenWeights(table, source))).toBe(tensorsSha256(own));
  });

  it('is refused for a network without weights, before and at the export', async () => {
    const choices = { format: 'safetensors' } as const;
    const none = { graph, weights: new Map(), data: null, choices };
    expect(previewExport(none).problem?.en).toContain('no weights');
    await expect(
      exportAs({ ...request, weights: new Map(), data: await data, choices, fileName: 'x' }),
    ).rejects.toThrow('no weights');
  });
});
