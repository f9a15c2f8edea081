import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { RELEASED_WITH } from './runtime.ts';

test('the Electron version of releases is that of package.json', () => {
  const { devDependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(RELEASED_WITH).toBe(devDependencies.electron);
});
