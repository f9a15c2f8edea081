import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { card, selectNothing } from './actions.ts';
import { expect, test } from './launch.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds of serious or critical impact, a line each: rule, first place, how many, and why. */
async function serious(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate(
    () =>
      (globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
        resultTypes: ['violations'],
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      }) as Promise<AxeResults>,
  );
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}, ${nodes.length} times: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
}

test('axe finds nothing serious', async ({ app: { page } }) => {
  const found: Record<string, string[]> = {};
  const audit = async (state: string): Promise<void> => {
    found[state] = await serious(page);
  };
  await audit('network');
  await card(page, 'Conv2d conv1').click();
  await audit('a layer selected');
  await page.getByRole('tab', { name: /^Problems/ }).click();
  await page.keyboard.press('Delete');
  await audit('problems');
  await selectNothing(page);
  await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'dark'));
  await audit('dark');
  expect(found).toEqual(Object.fromEntries(Object.keys(found).map((state) => [state, []])));
});
