import { expect, test } from 'vitest';
import { check } from '../check/check.ts';
import { benchCheck, residualNetwork } from './benchCheck.ts';

test('the measured network has no problems and the given size, and every kind of edit is measured', () => {
  const { diagnostics, nodes, graph } = check(residualNetwork(150));
  expect(diagnostics).toEqual([]);
  expect(nodes.size).toBe(150);
  expect(graph?.nodes.filter(({ layer }) => layer.type === 'add').length).toBeGreaterThan(15);

  const rows: unknown[] = [];
  const quiet = {
    language: 'en',
    json: true,
    words: () => '',
    print: () => {},
    note: () => {},
    progress: () => {},
  } as const;
  benchCheck({ ...quiet, printJson: (row) => rows.push(row) }, 150, 2);
  expect(rows).toHaveLength(9);
  for (const row of rows) expect(row).toMatchObject({ layers: 150, medianMs: expect.any(Number) });
});
