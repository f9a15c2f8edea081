import { card } from './actions.ts';
import { expect, test } from './launch.ts';

test.use({ planted: 'planted' });

test('an edit that cannot be drawn is taken back, and the window goes on', async ({ app: { page } }) => {
  // A planted fault: large numbers cannot be written.
  const plant = () =>
    page.evaluate(() => {
      const write = Number.prototype.toLocaleString;
      Object.assign(globalThis, { mend: () => Object.assign(Number.prototype, { toLocaleString: write }) });
      Number.prototype.toLocaleString = function (...args) {
        if (Number(this) >= 100_000) throw new Error('planted');
        return write.apply(this, args);
      };
    });
  const mend = () => page.evaluate(() => (globalThis as { mend?: () => void }).mend?.());

  const conv1 = card(page, 'Conv2d conv1');
  await conv1.click();
  await plant();
  const filters = page.getByRole('textbox', { name: 'Filters' });
  await filters.fill('1200');
  const notices = page.getByRole('region', { name: 'Messages' });
  await expect(notices.getByRole('alert')).toContainText('planted');
  await expect(conv1).toContainText('6 filters');
  await expect(page.getByRole('button', { name: /^Undo/ })).toBeDisabled();
  const failed = page.getByRole('alert').filter({ hasText: 'This part of the window failed: planted' });
  /** Parts may also have been drawn again by themselves. */
  const tryAgain = () =>
    expect(async () => {
      const again = failed.first().getByRole('button', { name: 'Try Again' });
      if ((await failed.count()) > 0) await again.click({ timeout: 500 });
      await expect(failed).toHaveCount(0, { timeout: 500 });
    }).toPass();
  await mend();
  await tryAgain();
  await expect(conv1).toContainText('6 filters');
  await filters.fill('12');
  await expect(conv1).toContainText('12 filters');
});
