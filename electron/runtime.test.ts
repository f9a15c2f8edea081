import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { RELEASED_WITH } from './runtime.ts';

test('the app knows the Electron that it is released with', () => {
  const { devDependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(RELEASED_WITH).toBe(devDependencies.electron);
});
