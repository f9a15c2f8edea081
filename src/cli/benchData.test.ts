import { expect, test } from 'vitest';
import { templateOf } from '../../templates/index.ts';
import { filesBeside } from '../engine/files.ts';
import { CPU_DEVICE } from '../engine/session.ts';
import type { NetworkDocument } from '../graph/document.ts';
import { benchTransforms } from '../transforms/benchTransforms.ts';
import { transforms } from '../transforms/index.ts';
import { benchData } from './benchData.ts';

const { batches } = filesBeside(new URL('../../out/main/engine.js', import.meta.url).href);

test('every stage from the file to the training step is measured', { timeout: 30_000 }, async () => {
  const rows: Record<string, unknown>[] = [];
  const lines: string[] = [];
  await benchData(templateOf('lenet')?.document as NetworkDocument, {
    output: {
      language: 'en',
      json: true,
      words: ({ en }) => en,
      print: (line) => lines.push(line),
      printJson: (row) => rows.push(row as Record<string, unknown>),
      note: () => {},
      progress: () => {},
    },
    steps: 2,
    device: CPU_DEVICE,
    script: batches,
  });
  const stages = (stage: string) => rows.filter((row) => row.stage === stage).map(({ name }) => name);
  expect(stages('decode')).toEqual(
    ['JPEG', 'PNG'].flatMap((format) => ['64×64', '224×224', '500×375'].map((size) => `${format} ${size}`)),
  );
  expect(stages('resize')).toHaveLength(2);
  expect(stages('transform')).toEqual(benchTransforms.map(({ type }) => type));
  for (const { stage, imagesPerSecond } of rows) {
    expect([stage, Number.isFinite(imagesPerSecond), (imagesPerSecond as number) > 0]).toEqual([stage, true, true]);
  }
  expect(rows.at(-1)).toMatchObject({ stage: 'run', ratio: expect.any(Number), waiting: expect.any(Number) });
  expect(lines).toHaveLength(rows.length + 1);
});

test('no transform is left out', () => {
  const measured = new Set(benchTransforms.map(({ type }) => type));
  // Grayscale is RandomGrayscale without the draw.
  expect(transforms.map(({ type }) => type).filter((type) => !measured.has(type))).toEqual(['Grayscale']);
});
