import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { setField } from './actions.ts';
import { expect, killMain, launch, openTemplate } from './launch.ts';

/** So many times; more with NETLOOM_KILLS. */
const KILLS = Number(process.env.NETLOOM_KILLS ?? 2);
const EPOCHS = 2;

/** Of the weights and the optimizer's memory of every finished run, by id. */
function finished(folder: string): Map<string, string> {
  const runs = join(folder, 'user-data', 'runs');
  const found = new Map<string, string>();
  for (const run of readdirSync(runs)) {
    const { record } = JSON.parse(readFileSync(join(runs, run, 'record.json'), 'utf8'));
    if (record.state !== 'done') continue;
    const moments = readdirSync(join(runs, run, 'moments'));
    const last = moments.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)).at(-1) as string;
    const entries = unzipSync(readFileSync(join(runs, run, 'moments', last)));
    const hash = createHash('sha256');
    for (const name of ['weights', 'optimizer']) hash.update(entries[`runs/last/${name}.safetensors`] as Uint8Array);
    found.set(run, hash.digest('hex'));
  }
  return found;
}

async function trained(page: Page): Promise<void> {
  await expect(page.getByText(/^Done: epoch/)).toBeVisible({ timeout: 120_000 });
}

base(`an app that is killed ${KILLS} times while it trains ends its run in the same bits`, async () => {
  base.setTimeout(60_000 + 40_000 * KILLS);
  const folder = mkdtempSync(join(tmpdir(), 'netloom-e2e-'));
  let { electron, page } = await launch(folder);
  await openTemplate(page, 'LeNet (ReLU, max pooling)');
  await setField(page, 'Epochs', `${EPOCHS}`);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await trained(page);
  await expect.poll(() => finished(folder).size).toBe(1);
  const [[straight, expected]] = [...finished(folder)] as [[string, string]];

  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.getByText(/^Epoch 1 \/ 2 · /)).toBeVisible();
  for (let time = 0; time < KILLS; time++) {
    await page.waitForTimeout(Math.random() * 900);
    await killMain(electron);
    ({ electron, page } = await launch(folder));
    const interrupted = page.getByRole('region', { name: 'Interrupted training' });
    const lost = page.getByRole('region', { name: 'Unsaved work' });
    await expect(interrupted.or(lost).first()).toBeVisible();
    if (await lost.isVisible()) {
      await lost.getByRole('button', { name: 'Restore', exact: true }).first().click();
    }
    await page.getByRole('button', { name: 'Resume', exact: true }).first().click();
    await expect(page.getByText(/^Epoch \d \/ 2 · |^Done/)).toBeVisible();
  }
  await trained(page);
  await expect.poll(() => finished(folder).size).toBe(2);
  finished(folder).forEach((hash, run) => {
    if (run !== straight) expect(hash).toBe(expected);
  });
  await electron.evaluate(({ app }) => app.exit(0)).catch(() => {});
  await electron.close().catch(() => {});
  rmSync(folder, { recursive: true, force: true });
});
