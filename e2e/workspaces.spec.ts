import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Page, test } from '@playwright/test';
import { goTo, runCommand } from './actions.ts';
import { expect, launch, openTemplate } from './launch.ts';

const area = (page: Page, name: string) => page.locator(`[data-pane=${name}]`);
const tab = (page: Page, at: string, name: string) => area(page, at).getByRole('tab', { name, exact: true });
const canvas = (page: Page) => page.getByRole('region', { name: 'Network' });

test('panels move, fill the window, and are restored', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-e2e-'));
  const first = await launch(folder);
  const { page } = first;
  await openTemplate(page, 'Multilayer perceptron');
  await page.keyboard.press('Control+3');
  await expect(tab(page, 'centre', 'Curves')).toBeVisible();
  await page.keyboard.press('Control+4');
  await expect(tab(page, 'centre', 'Evaluation')).toBeVisible();
  await goTo(page, 'Data');
  await expect(tab(page, 'left', 'Dataset')).toBeVisible();
  await page.keyboard.press('Control+1');
  await expect(tab(page, 'left', 'Layers')).toBeVisible();
  await expect(canvas(page)).toBeVisible();

  // F6 goes through the parts of the window, and comes back.
  const parts = new Set<string | null>();
  for (let i = 0; i < 8; i++) {
    await page.keyboard.press('F6');
    parts.add(
      await page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane') ?? null),
    );
  }
  expect([...parts]).toEqual(expect.arrayContaining(['title', 'left', 'centre', 'right']));

  await goTo(page, 'Train');
  await tab(page, 'right', 'Inspector').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Move to the bottom' }).click();
  await expect(tab(page, 'bottom', 'Inspector')).toHaveAttribute('aria-selected', 'true');
  await tab(page, 'bottom', 'Runs').dragTo(area(page, 'left'));
  await expect(tab(page, 'left', 'Runs')).toHaveAttribute('aria-selected', 'true');

  await tab(page, 'centre', 'Curves').dblclick();
  await expect(tab(page, 'left', 'Runs')).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(tab(page, 'left', 'Runs')).toBeVisible();
  await page.keyboard.press('Control+Shift+R');
  await expect(page.getByRole('region', { name: 'Runs' })).toBeVisible();
  await expect(tab(page, 'centre', 'Curves')).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(tab(page, 'centre', 'Curves')).toBeVisible();

  // Chromium writes its storage a little later.
  await first.electron.evaluate(({ session }) => session.defaultSession.flushStorageData());
  await first.electron.close();
  const again = await launch(folder);
  await openTemplate(again.page, 'Multilayer perceptron');
  await expect(tab(again.page, 'left', 'Runs')).toHaveAttribute('aria-selected', 'true');
  await expect(tab(again.page, 'bottom', 'Inspector')).toBeVisible();
  await runCommand(again.page, 'Reset workspace layout');
  await expect(tab(again.page, 'right', 'Inspector')).toBeVisible();
  await expect(tab(again.page, 'bottom', 'Runs')).toHaveAttribute('aria-selected', 'false');
  await goTo(again.page, 'Design');
  await expect(tab(again.page, 'left', 'Layers')).toBeVisible();
  await again.electron.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
