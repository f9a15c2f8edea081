import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { answerDialogs, setField } from './actions.ts';
import { checkpointsIn } from './keptRuns.ts';
import { expect, killMain, launch, openTemplate } from './launch.ts';

/** So many times; more with NETLOOM_KILLS. */
const KILLS = Number(process.env.NETLOOM_KILLS ?? 2);
const EPOCHS = 2;

/** The checkpoint that a finished run ended with, by id of the run. */
function lastCheckpoints(folder: string): Map<string, string> {
  const runs = join(folder, 'user-data', 'runs');
  const found = new Map<string, string>();
  for (const run of readdirSync(runs)) {
    const { record } = JSON.parse(readFileSync(join(runs, run, 'record.json'), 'utf8'));
    if (record.state !== 'done') continue;
    const checkpoints = readdirSync(join(runs, run, 'checkpoints'));
    const last = checkpoints.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)).at(-1) as string;
    found.set(run, join(runs, run, 'checkpoints', last));
  }
  return found;
}

/** SHA-256 of parts of the run that a project holds. */
function hashOf(project: string, ...parts: readonly string[]): string {
  const entries = unzipSync(readFileSync(project));
  const hash = createHash('sha256');
  for (const part of parts) hash.update(entries[`runs/last/${part}.safetensors`] as Uint8Array);
  return hash.digest('hex');
}

/** Of the weights and the optimizer's memory of every finished run, by id. */
const finished = (folder: string): Map<string, string> =>
  new Map([...lastCheckpoints(folder)].map(([run, checkpoint]) => [run, hashOf(checkpoint, 'weights', 'optimizer')]));

/** Weights, optimizer memory, curves and epochs of the run that a project holds; null where it holds none, or is not there. */
function runIn(project: string): { hash: string; history: unknown } | null {
  if (!existsSync(project)) return null;
  const entries = unzipSync(readFileSync(project));
  const run = entries['runs/last/run.json'];
  if (run === undefined) return null;
  const { progress } = JSON.parse(new TextDecoder().decode(run));
  return { hash: hashOf(project, 'weights', 'optimizer', 'curves'), history: progress.history };
}

/** The work that the only window has not saved, with its weights. */
function unsavedWork(folder: string): string {
  const kept = join(folder, 'user-data', 'recovery');
  const [id = 'none'] = existsSync(kept) ? readdirSync(kept) : [];
  return join(kept, id, 'trained.netloom');
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

  // Restored and saved, the run is what it was: weights, optimizer memory, curves.
  const before = runIn(lastCheckpoints(folder).get(straight) as string);
  expect(before?.history).toHaveLength(EPOCHS);
  await expect.poll(() => runIn(unsavedWork(folder))).toEqual(before);
  await killMain(electron);
  ({ electron, page } = await launch(folder));
  await page
    .getByRole('region', { name: 'Unsaved work' })
    .getByRole('button', { name: 'Restore', exact: true })
    .click();
  await trained(page);
  const saved = join(folder, 'restored.netloom');
  await answerDialogs(electron, saved);
  await page.keyboard.press('Control+s');
  await expect.poll(() => runIn(saved)).toEqual(before);

  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.getByText(/^Epoch 1 \/ 2 · /)).toBeVisible();
  // Only what is on disk outlives the app.
  await expect.poll(() => checkpointsIn(folder).filter((path) => !path.startsWith(straight))).not.toEqual([]);
  for (let time = 0; time < KILLS; time++) {
    await page.waitForTimeout(Math.random() * 900);
    await killMain(electron);
    ({ electron, page } = await launch(folder));
    const interrupted = page.getByRole('region', { name: 'Interrupted runs' });
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
