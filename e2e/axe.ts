import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Violations that axe finds, without those of minor impact. One line each: the rule, the number of places, the first place and the reason. */
export async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate(
    () =>
      (globalThis as unknown as { axe: { run(context: object, options: object): Promise<AxeResults> } }).axe.run(
        // Invisible ends of a popup, which pass the focus on.
        { exclude: ['[data-base-ui-focus-guard]'] },
        {
          resultTypes: ['violations'],
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        },
      ) as Promise<AxeResults>,
  );
  // A menu lies over the page and is part of no landmark.
  const isMenu = ({ html }: { readonly html: string }): boolean => html.includes('role="menu"');
  return results.violations
    .filter(({ id, impact, nodes }) => impact !== 'minor' && !(id === 'region' && nodes.every(isMenu)))
    .map(({ id, nodes }) => `${id}, ${nodes.length} times: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
}
