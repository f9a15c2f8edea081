import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, describe, expect, it } from 'vitest';
import { readNpy } from '../data/npy.ts';
import { type Config, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { writeDocument } from '../graph/file.ts';
import { defaultOptimizers, defaultRecipe } from '../graph/recipe.ts';
import { readSafetensors } from '../graph/safetensors.ts';
import { readModel } from '../onnx/read.ts';
import { validateModel } from '../onnx/validate.ts';

const script = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'netloom-export-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function netloom(...args: string[]) {
  const { code, stdout, stderr } = await new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [script, ...args, '--json'], { cwd: folder }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
  const lines = stdout.split('\n').filter((line) => line !== '');
  return { code, stderr, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

/** Writes a network of consecutive layers and returns the name of the file. */
function draw(source: string, rows: readonly (readonly [layer: string, name: string, config: Config])[]): string {
  const nodes = rows.map(([layer, name, config]) => ({ id: name, layer, name, config, position: { x: 0, y: 0 } }));
  const edges: NetworkDocument['edges'] = nodes.slice(1).map(({ id }, i) => ({
    id,
    from: { node: nodes[i]?.id ?? '', port: 'y' },
    to: { node: id, port: 'x' },
  }));
  const recipe = { ...defaultRecipe, optimizer: { ...defaultOptimizers.adam, learningRate: 0.02 }, epochs: 20 };
  const document = { ...emptyDocument, name: source, nodes, edges, recipe, data: { ...emptyDocument.data, source } };
  writeFileSync(join(folder, `${source}.json`), writeDocument(document));
  return `${source}.json`;
}

const hidden = [
  ['linear', 'fc1', { outFeatures: 16 }],
  ['batchNorm1d', 'bn', {}],
  ['layerNorm', 'ln', {}],
  ['tanh', 'act', {}],
] as const;
const moons = draw('moons', [
  ['input', 'in', { shape: [2] }],
  ...hidden,
  ['linear', 'fc2', { outFeatures: 2 }],
  ['classifier', 'out', { classes: 2 }],
]);

describe('a trained toy network', () => {
  const trained = netloom('train', moons, '-o', 'moons.netloom');

  it('has metrics per class', async () => {
    expect((await trained).code).toBe(0);
    const [result] = (await netloom('evaluate', 'moons.netloom')).lines;
    expect(result).toMatchObject({
      accuracy: expect.any(Number),
      confusion: [
        [expect.any(Number), expect.any(Number)],
        [expect.any(Number), expect.any(Number)],
      ],
      perClass: [
        { class: 0, count: 100 },
        { class: 1, count: 100 },
      ],
      macro: { f1: expect.any(Number) },
      weighted: { f1: expect.any(Number) },
      outputs: [{ name: 'out', answers: 'class' }],
    });
    expect(result?.accuracy).toBeGreaterThan(0.95);
  });

  it.each([
    ['13', false],
    ['17', true],
    ['26', true],
  ])('is exported at opset %s, folded: %s, with its origin in the metadata', async (opset, fold) => {
    await trained;
    const args = ['export', 'moons.netloom', '-o', `${opset}.onnx`, '--opset', opset];
    const { code, lines } = await netloom(...args, ...(fold ? ['--fold'] : []));
    expect(code).toBe(0);
    expect(lines[0]).toMatchObject({ output: `${opset}.onnx`, opset: Number(opset) });
    expect((lines[0]?.proof as { maxError: number }).maxError).toBeLessThan(1e-5);
    const model = readFileSync(join(folder, `${opset}.onnx`));
    expect(validateModel(model)).toEqual([]);
    const { ops, metadata } = readModel(model) ?? {};
    expect(ops).toMatchObject({ Gemm: 2 });
    expect(ops?.BatchNormalization).toBe(fold ? undefined : 1);
    expect(JSON.parse(metadata?.netloom_document ?? '')).toMatchObject({ name: 'moons' });
    expect(JSON.parse(metadata?.netloom_recipe ?? '')).toMatchObject({ epochs: 20 });
    expect(JSON.parse(metadata?.netloom_data ?? '')).toMatchObject({ source: 'moons', sha256: expect.any(String) });
    expect(Object.keys(JSON.parse(metadata?.netloom_proof ?? ''))).toEqual(['inputs', 'outputs']);
  });

  it('has a training step that runs in a stock runtime', async () => {
    const { code, lines } = await netloom('export', 'moons.netloom', '--step', '-o', 'step.onnx');
    expect([code, lines[0]?.proof]).toEqual([0, null]);
    const session = await InferenceSession.create(join(folder, 'step.onnx'));
    const summary = readModel(readFileSync(join(folder, 'step.onnx')));
    const ones = new Map<string, Tensor>();
    for (const { name, elementType, shape } of summary?.inputs ?? []) {
      const count = shape.reduce((size: number, dim) => size * Number(dim), 1);
      const data = elementType === 'int64' ? new BigInt64Array(count) : new Float32Array(count).fill(0.5);
      ones.set(name, new Tensor(data as never, shape as number[]));
    }
    const results = await session.run(Object.fromEntries(ones));
    expect(Object.keys(results)).toEqual(expect.arrayContaining(['loss', 'fc1/weight_new', 'adam/fc1/weight/m_new']));
    expect(Number.isFinite(results.loss?.data[0])).toBe(true);
  });
});

it('a regression network is evaluated by its errors', async () => {
  const sine = draw('sine', [
    ['input', 'in', { shape: [1] }],
    ...hidden,
    ['linear', 'fc2', { outFeatures: 1 }],
    ['regression', 'out', {}],
  ]);
  const { lines } = await netloom('train', sine, '-o', 'sine.netloom');
  expect(lines.at(-1)).toMatchObject({ event: 'done', validation: { accuracy: null } });
  const [result] = (await netloom('evaluate', 'sine.netloom')).lines;
  expect(result).toMatchObject({ accuracy: null, confusion: [], perClass: [] });
  expect((result?.regression as { r2: number }).r2).toBeGreaterThan(0.7);
});

it.each([
  ['12', /opset 12 is not supported\. Choose an opset from 13 to 26/],
  ['27', /opset 27 is not supported/],
])('refuses opset %s', async (opset, message) => {
  const { code, stderr } = await netloom('export', moons, '-o', 'none.onnx', '--opset', opset);
  expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
});

describe('a project', () => {
  const project = netloom('export', moons, '--to', 'pytorch', '-o', 'torch');

  it('has the network, its weights, the samples and a proof', async () => {
    const { code, lines } = await project;
    expect(code).toBe(0);
    expect(lines[0]).toMatchObject({ class: 'Moons' });
    expect(readFileSync(join(folder, 'torch/model.py'), 'utf8')).toContain('self.bn = nn.BatchNorm1d(16)');
    const { train, validation } = JSON.parse(readFileSync(join(folder, 'torch/split.json'), 'utf8'));
    const { shape } = readNpy(readFileSync(join(folder, 'torch/data/x.npy')), 'x.npy');
    expect(shape).toEqual([train.length + validation.length, 2]);
    const weights = readSafetensors(readFileSync(join(folder, 'torch/weights.safetensors')), 'weights');
    expect(weights.get('bn.running_var')?.shape).toEqual([16]);
    expect(weights.get('bn.num_batches_tracked')?.dtype).toBe('I64');
  });

  it('of Keras has the network, its weights and a proof', async () => {
    const { code, lines } = await netloom('export', moons, '--to', 'keras', '-o', 'keras');
    expect([code, lines[0]]).toMatchObject([0, { format: 'keras', model: 'moons' }]);
    expect(readFileSync(join(folder, 'keras/model.py'), 'utf8')).toContain('name="bn")(x)');
    const weights = readSafetensors(readFileSync(join(folder, 'keras/weights.safetensors')), 'weights');
    expect(weights.get('bn.moving_variance')?.shape).toEqual([16]);
    expect(weights.get('fc1.kernel')?.shape).toEqual([2, 16]);
    const proof = readSafetensors(readFileSync(join(folder, 'keras/proof.safetensors')), 'proof');
    expect([...proof.values()].map(({ shape }) => shape)).toEqual([
      [4, 2],
      [4, 2],
    ]);
  });

  it('is not mixed with other files', async () => {
    await project;
    const again = await netloom('export', moons, '--to', 'pytorch', '-o', 'torch');
    expect([again.code, again.lines[0]?.error]).toEqual([2, expect.stringContaining('“torch” is not empty')]);
    expect((await netloom('export', moons, '--to', 'pytorch', '-o', 'torch', '--force')).code).toBe(0);
  });

  it.each([
    [['--to', 'jax', '-o', 'x'], '--to must be one of onnx, pytorch'],
    [['--to', 'safetensors', '-o', 'x.bin'], 'must end in .safetensors'],
    [['--to', 'safetensors', '-o', 'x.safetensors', '--opset', '17'], 'has no option --opset'],
    [['--to', 'keras'], 'Give a folder for the project'],
    [['--to', 'keras', '-o', 'x', '--fold'], 'has no option --fold'],
    [['--to', 'keras', '-o', moons], 'is a file'],
    [['--to', 'pytorch'], 'Give a folder for the project'],
    [['--to', 'pytorch', '-o', 'x', '--fold'], 'has no option --fold'],
    [['--to', 'pytorch', '-o', moons], 'is a file'],
    [['--to', 'pytorch', '-o', 'no/such'], 'does not exist'],
  ])('is refused with %j', async (args, message) => {
    const { code, lines } = await netloom('export', moons, ...args);
    expect(code).toBe(2);
    expect(lines[0]?.error).toContain(message);
  });
});
