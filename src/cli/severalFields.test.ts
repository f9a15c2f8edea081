import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { draw } from '../check/mistakes/mistake.ts';
import { writeDocument } from '../graph/file.ts';

const script = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'netloom-fields-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

function netloom(...args: readonly string[]): Promise<{ lines: Record<string, unknown>[]; stderr: string }> {
  const { LANG: _, LC_ALL: __, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args, '--json'], { cwd: folder, env }, (_error, stdout, stderr) => {
      const lines = stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
      resolve({ lines: lines as Record<string, unknown>[], stderr });
    });
  });
}

/** A .npy file of version 1.0 with 32-bit floats. */
function npy(shape: readonly number[], values: readonly number[]): Uint8Array {
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const header = `${text}${' '.repeat(63 - ((10 + text.length) % 64))}\n`;
  const start = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 255, header.length >> 8]);
  return Buffer.concat([start, Buffer.from(header, 'latin1'), Buffer.from(Float32Array.from(values).buffer)]);
}

interface Sample {
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly sum: number;
  readonly side: number;
}

const samplesFrom = (first: number, count: number): Sample[] =>
  Array.from({ length: count }, (_, place) => {
    const at = first + place;
    const left = [Math.sin(at), Math.cos(3 * at)];
    const right = [Math.sin(5 * at), Math.cos(7 * at), Math.sin(11 * at)];
    const sum = [...left, ...right].reduce((a, b) => a + b, 0);
    return { left, right, sum, side: sum > 0 ? 1 : 0 };
  });

function save(name: string, samples: readonly Sample[]): void {
  const write = (array: string, shape: readonly number[], values: readonly number[]) =>
    writeFileSync(join(folder, name, `${array}.npy`), npy([samples.length, ...shape], values));
  mkdirSync(join(folder, name));
  write(
    'x_left',
    [2],
    samples.flatMap(({ left }) => left),
  );
  write(
    'x_right',
    [3],
    samples.flatMap(({ right }) => right),
  );
  write(
    'y_side',
    [],
    samples.map(({ side }) => side),
  );
  write(
    'y_sum',
    [],
    samples.map(({ sum }) => sum),
  );
}

const samples = samplesFrom(0, 80);
save('two', samples);
save('more', samplesFrom(80, 50));

const network = draw([
  ['input x_left', { shape: [2] }],
  ['input x_right', { shape: [3] }, []],
  ['concat both', {}, ['x_left', 'x_right']],
  ['linear hidden', { outFeatures: 16 }],
  ['relu act'],
  ['linear fc1', { outFeatures: 2 }, ['act']],
  ['classifier y_side', { classes: 2 }],
  ['linear fc2', { outFeatures: 1 }, ['act']],
  ['regression y_sum', { lossWeight: 0.5 }],
]);
writeFileSync(
  join(folder, 'net.json'),
  writeDocument({ ...network, recipe: { ...network.recipe, epochs: 30, batchSize: 8 } }),
);

describe('a network of two inputs and two outputs', () => {
  it('trains, is evaluated, predicts and is exported with data of two fields each', async () => {
    const trained = await netloom('train', 'net.json', '--data', 'two', '-o', 'trained.netloom');
    expect(trained.lines.at(-1), trained.stderr).toMatchObject({ event: 'done' });

    const [evaluation] = (await netloom('evaluate', 'trained.netloom', '--data', 'more')).lines;
    expect(evaluation).toMatchObject({ samples: 50, outputs: [{ name: 'y_side' }, { name: 'y_sum' }] });
    const [side, sum] = evaluation?.outputs as [{ accuracy: number }, { regression: { r2: number } }];
    expect(side.accuracy).toBeGreaterThan(0.8);
    expect(sum.regression.r2).toBeGreaterThan(0.8);

    const predicted = await netloom('predict', 'trained.netloom', 'two:3', 'two:7');
    expect(predicted.stderr).toBe('');
    const nearest = predicted.lines.map((line) => {
      const [classes, numbers] = line.outputs as [{ top: { class: number }[] }, { values: number[] }];
      return [classes.top[0]?.class, numbers.values[0] as number] as const;
    });
    for (const [at, index] of [3, 7].entries()) {
      expect(Math.abs((nearest[at]?.[1] ?? 99) - (samples[index]?.sum ?? 0))).toBeLessThan(0.8);
    }

    // The same sample as a list of the values of both inputs.
    writeFileSync(join(folder, 'own.json'), JSON.stringify([samples[3]?.left, samples[3]?.right]));
    const [own] = (await netloom('predict', 'trained.netloom', 'own.json')).lines;
    expect((own?.outputs as { values: number[] }[])[1]?.values[0]).toBeCloseTo(nearest[0]?.[1] as number, 4);

    const exported = await netloom('export', 'trained.netloom', '-o', 'net.onnx');
    expect(existsSync(join(folder, 'net.onnx')), exported.stderr).toBe(true);
  });

  it('of which a layer has another name than its field is told how to name it', async () => {
    const other = {
      ...network,
      nodes: network.nodes.map((node) => (node.name === 'x_left' ? { ...node, name: 'x' } : node)),
    };
    writeFileSync(join(folder, 'other.json'), writeDocument(other));
    const { lines, stderr } = await netloom('train', 'other.json', '--data', 'two');
    expect(lines.filter(({ event }) => event === 'done')).toEqual([]);
    expect(stderr).toContain('x_left, x_right');
  });
});
