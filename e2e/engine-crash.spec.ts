import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { unzipSync } from 'fflate';
import { card, selectNothing, setField, train } from './actions.ts';
import { expect, test } from './launch.ts';

/** False where there is none just now. */
const killEngine = (electron: ElectronApplication): Promise<boolean> =>
  electron.evaluate(({ app }) => {
    const engine = app.getAppMetrics().find(({ type, name }) => type === 'Utility' && name === 'Netloom engine');
    return engine !== undefined && process.kill(engine.pid, 'SIGKILL');
  });

const entryOf = (file: string, entry: string): string =>
  Buffer.from(unzipSync(readFileSync(file))[entry] ?? []).toString('base64');

/** Weights of a checkpoint that the runs of the user have after that step. */
function weightsAt(folder: string, step: number): readonly string[] {
  const runs = join(folder, 'user-data', 'runs');
  return readdirSync(runs).flatMap((run) =>
    readdirSync(join(runs, run, 'moments'))
      .filter((name) => name.startsWith(`${step}.`))
      .map((name) => entryOf(join(runs, run, 'moments', name), 'runs/last/weights.safetensors')),
  );
}

test('a killed engine costs neither the run nor the drawing', async ({ app: { electron, page, folder } }) => {
  await card(page, 'Conv2d conv1').click();
  await setField(page, 'Filters', '5');
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(page.getByText(/^Epoch 1 \/ 10 · /)).toBeVisible();

  expect(await killEngine(electron)).toBe(true);
  await expect(page.getByRole('alert').filter({ hasText: 'has been started again' })).toBeVisible();
  await expect(page.getByText(/^The run failed/)).toBeVisible();
  await expect(card(page, 'Conv2d conv1')).toContainText('5 filters');

  await expect(page.getByText(/^The run 'LeNet' was interrupted after step [\d,]+ of 2,500\./)).toBeVisible();
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(page.getByText(/^Epoch \d+ \/ 10 · /)).toBeVisible();
  await page.keyboard.press('Shift+F5');
  await expect(page.getByText(/^Stopped after /)).toBeVisible();

  await selectNothing(page);
  await setField(page, 'Epochs', '1');
  await train(page);
  await test.step('an engine that crashes again and again: the last checkpoint is saved', async () => {
    const failed = page.getByRole('alert').filter({ hasText: 'The engine stops again and again' });
    await expect
      .poll(async () => {
        if (!(await failed.isVisible())) await killEngine(electron).catch(() => {});
        return failed.isVisible();
      })
      .toBe(true);
    const file = join(folder, 'saved.netloom');
    await electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, file);
    await page.keyboard.press('Control+S');
    await expect(page.getByRole('alert').filter({ hasText: 'those of step 250, the last checkpoint' })).toBeVisible();
    const saved = entryOf(file, 'weights.safetensors');
    expect(saved).not.toBe('');
    expect(weightsAt(folder, 250)).toContain(saved);
    await failed.getByRole('button', { name: 'Start the Engine Again' }).click();
    await train(page);
  });
});
