import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { test } from '@playwright/test';
import { expect, launch, root } from './launch.ts';

const quit = async (electron: Awaited<ReturnType<typeof launch>>['electron']): Promise<void> => {
  const closed = electron.waitForEvent('close');
  await electron.evaluate(({ app }) => app.quit()).catch(() => {});
  await closed;
};

test('settings stored under the old file protocol are migrated, and damaged ones are ignored', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-e2e-'));
  const first = await launch(folder);
  await first.page.getByRole('region', { name: 'Start page' }).waitFor();
  // Stored by an older version.
  await first.electron.evaluate(
    async ({ BrowserWindow, session }, page) => {
      session.defaultSession.webRequest.onBeforeRequest(null);
      const window = new BrowserWindow({ show: false });
      await window.loadURL(page);
      await window.webContents.executeJavaScript(`
        localStorage.setItem('netloom.ui', JSON.stringify({ language: 'zh', theme: 'dark', folds: 7 }));
        localStorage.setItem('netloom.leftRuns', '{"cut');
        for (const key of ['workspaces', 'stepTimes', 'device']) localStorage.setItem('netloom.' + key, '[{"cut');
        localStorage.setItem('netloom.charts', 'null')`);
      window.destroy();
    },
    pathToFileURL(join(root, 'out', 'renderer', 'empty.html')).href,
  );
  // Chromium writes its storage a little later.
  await first.electron.evaluate(({ session }) => session.defaultSession.flushStorageData());
  await first.page.evaluate(() => localStorage.clear());
  await quit(first.electron);
  const settings = join(folder, 'user-data', 'window.json');
  writeFileSync(
    settings,
    JSON.stringify({ ...JSON.parse(readFileSync(settings, 'utf8')), pageStorage: 'file', theme: 'pink' }),
  );
  writeFileSync(join(folder, 'user-data', 'recent.json'), '[{');

  const { electron, page: shown } = await launch(folder);
  const page = shown.url().endsWith('empty.html') ? await electron.waitForEvent('window') : shown;
  await expect(page.getByRole('region', { name: '起始页' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByRole('alert')).toContainText('window.json.damaged');
  await expect(page.getByRole('alert')).toContainText('recent.json.damaged');
  expect(readdirSync(join(folder, 'user-data'))).toEqual(
    expect.arrayContaining(['window.json.damaged', 'recent.json.damaged']),
  );
  expect(await page.evaluate(() => localStorage.getItem('netloom.leftRuns.damaged'))).toBe('{"cut');
  await quit(electron);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
