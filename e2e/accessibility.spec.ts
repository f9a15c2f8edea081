import { card, goTo, selectNothing, setLanguage } from './actions.ts';
import { faults } from './axe.ts';
import { expect, test } from './launch.ts';

test('axe finds no violation in any panel or dialog', async ({ app: { page } }) => {
  test.setTimeout(240_000);
  const found: Record<string, string[]> = {};
  const audit = async (state: string): Promise<void> => {
    found[state] = await faults(page);
  };
  const run = async (command: string): Promise<void> => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Run a command' }).fill(command);
    await page.keyboard.press('Enter');
  };

  await audit('network');
  await card(page, 'Conv2d conv1').click();
  await audit('a layer selected');
  await card(page, 'Conv2d conv1').click({ button: 'right' });
  await expect(page.getByRole('menu')).toBeVisible();
  await audit('context menu');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: /^Problems/ }).click();
  await page.keyboard.press('Shift+Delete');
  await expect(page.getByRole('button', { name: /^problems: / })).toBeVisible();
  await audit('problems');
  await page.keyboard.press('Control+z');
  await page.getByRole('tab', { name: 'History' }).click();
  await audit('history');
  await page.getByRole('tab', { name: 'Analysis' }).click();
  await expect(page.getByRole('table', { name: 'Cost per layer' })).toBeVisible();
  await audit('analysis');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('conv');
  await page.keyboard.press('Enter');
  await audit('find');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await audit('command palette');
  await page.keyboard.press('Escape');
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts and help' })).toBeVisible();
  await audit('keys');
  await page.keyboard.press('Escape');
  await run('export image');
  await expect(page.getByRole('img', { name: 'Image preview' })).toBeVisible();
  await audit('picture');
  await page.keyboard.press('Escape');
  await run('export network');
  const options = page.getByRole('dialog', { name: 'Export network' });
  await expect(options.getByText(/uint8/)).toBeVisible();
  await audit('export');
  await page.keyboard.press('Escape');
  await run('show runs');
  await expect(page.getByRole('region', { name: 'Runs' })).toBeVisible();
  await page
    .getByRole('region', { name: 'Runs' })
    .getByRole('button', { name: 'Hyperparameter sweep…' })
    .first()
    .click();
  await expect(page.getByRole('dialog', { name: 'Hyperparameter sweep' })).toBeVisible();
  await audit('runs and a sweep');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Shift+r');
  await expect(page.getByRole('region', { name: 'Runs' })).toBeHidden();
  await audit('train');
  await goTo(page, 'Results');
  await audit('results');
  await run('show weights');
  const weights = page.getByRole('table', { name: 'Parameters and buffers' });
  await weights.getByRole('button', { name: 'conv1/weight' }).click();
  await page.keyboard.press('ArrowDown');
  await expect(weights.getByRole('button', { name: 'conv1/bias' })).toBeFocused();
  await expect(page.getByRole('img', { name: 'Histogram of bias' }).first()).toBeVisible();
  await audit('weights');
  await goTo(page, 'Data');
  await audit('data');
  await goTo(page, 'Design');
  await card(page, 'Conv2d conv2').click();
  await page.keyboard.press('Control+g');
  await page
    .getByRole('dialog', { name: 'Group into block' })
    .getByRole('checkbox', { name: /^Output channels/ })
    .check();
  await audit('make a block');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await card(page, 'Conv2d conv2').click();
  await page.keyboard.press('Space');
  await expect(page.getByRole('dialog', { name: /^Add after/ })).toBeVisible();
  await audit('quick add');
  await page.keyboard.press('Escape');
  await run('add residual stage');
  await expect(page.getByRole('table', { name: 'Contents' })).toBeVisible();
  await audit('a block selected');
  await page.keyboard.press('Control+Shift+o');
  await expect(page.getByRole('listbox', { name: 'Outline' })).toBeFocused();
  await audit('outline');
  await run('new from template');
  await expect(page.getByRole('region', { name: 'Templates' })).toBeVisible();
  await audit('start page');
  await page.getByRole('region', { name: 'DenseNet' }).scrollIntoViewIfNeeded();
  await audit('templates by family');
  await page.keyboard.press('Escape');

  await card(page, 'Conv2d conv1').click();
  await run('theme: dark');
  await audit('dark');
  await run('theme: high contrast');
  await audit('high contrast');
  await run('theme: light');
  await setLanguage(page, '中文');
  await audit('Chinese');
  await selectNothing(page);
  await audit('recipe in Chinese');
  expect(found).toEqual(Object.fromEntries(Object.keys(found).map((state) => [state, []])));
});
