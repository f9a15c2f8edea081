import { card, runCommand } from './actions.ts';
import { expect, test } from './launch.ts';

test('the command palette runs a command, adds a layer and goes to a node, by keyboard', async ({ app: { page } }) => {
  const search = page.getByRole('combobox', { name: 'Run a command' });
  await page.keyboard.press('Control+k');
  await search.fill('high');
  await page.keyboard.press('Enter');
  await expect(search).toBeHidden();
  await expect(page.locator('html')).toHaveAttribute('data-contrast', 'more');

  await page.keyboard.press('Control+k');
  await expect(page.getByRole('listbox', { name: 'Command palette' }).getByRole('option').first()).toContainText(
    'high contrast',
  );
  await search.fill('conv1');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Inspector' }).getByLabel('Name')).toHaveValue('conv1');

  await page.keyboard.press('Control+k');
  await search.fill('tianjia ztf');
  await page.keyboard.press('Enter');
  await expect(card(page, 'Dropout dropout')).toBeVisible();
  await expect(page.getByRole('button', { name: 'no problems' })).toBeVisible();
});

test('cut, paste and duplicate are one undo step each; the clipboard has text', async ({ app: { electron, page } }) => {
  const clipboard = () => electron.evaluate(({ clipboard: system }) => system.readText());
  await card(page, 'Conv2d conv2').click();
  await page.keyboard.press('Control+c');
  await expect.poll(clipboard).toContain('"netloom-clip"');
  const clip = await clipboard();
  await page.keyboard.press('Control+x');
  await expect(card(page, 'Conv2d conv2')).toBeHidden();
  await page.keyboard.press('Control+v');
  await expect(card(page, 'Conv2d conv2')).toBeVisible();
  await page.keyboard.press('Control+d');
  await expect(card(page, 'Conv2d conv3')).toBeVisible();

  // Each was a step, in words; the history goes back to before them all, and to the end again.
  await page.getByRole('tab', { name: 'History' }).click();
  const steps = page.getByRole('listbox', { name: 'History' }).getByRole('option');
  await expect(steps).toHaveText([/Opened/, /Deleted conv2/, /Added Conv2d “conv2”/, /Added Conv2d “conv3”now/]);
  await steps.nth(0).click();
  await expect(card(page, 'Conv2d conv3')).toBeHidden();
  await expect(page.getByRole('button', { name: 'no problems' })).toBeVisible();
  await page.getByRole('listbox', { name: 'History' }).press('End');
  await expect(card(page, 'Conv2d conv3')).toBeVisible();

  await electron.evaluate(({ clipboard: system }) => system.writeText('{"format": "netloom", "version": 2}'));
  await card(page, 'Conv2d conv1').click();
  await page.keyboard.press('Control+v');
  await expect(page.getByRole('alert')).toContainText('a whole network');
  // The bad news goes with its cause: once something is copied, cut or pasted.
  for (const [key, text] of [
    ['c', ''],
    ['v', clip],
    ['x', ''],
  ] as const) {
    await electron.evaluate(({ clipboard: system }) => system.clear());
    await page.keyboard.press('Control+v');
    await expect(page.getByRole('alert')).toContainText('contains no text');
    if (text !== '') await electron.evaluate(({ clipboard: system }, copied) => system.writeText(copied), text);
    await page.keyboard.press(`Control+${key}`);
    await expect(page.getByRole('alert')).toBeHidden();
  }
});

test('success messages leave by themselves, errors stay; F6 reaches them', async ({ app: { electron, page } }) => {
  await page.clock.install();
  const about = page.getByRole('status').filter({ hasText: 'Apache-2.0' });
  await runCommand(page, 'About Netloom');
  await expect(about).toBeVisible();
  await about.hover();
  await page.clock.runFor(20_000);
  await expect(about).toBeVisible();
  await page.mouse.move(5, 5);
  await page.clock.runFor(10_000);
  await expect(about).toBeHidden();

  await electron.evaluate(({ clipboard: system }) => system.clear());
  await page.keyboard.press('Control+v');
  const error = page.getByRole('alert');
  await expect(error).toContainText('contains no text');
  await page.clock.runFor(60_000);
  await expect(error).toBeVisible();
  // F6 goes on through the parts of the window, and the notices are one of them.
  const parts: unknown[] = [];
  while (parts.at(-1) !== 'notices' && parts.length < 10) {
    await page.keyboard.press('F6');
    parts.push(await page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset.pane));
  }
  expect(parts.length).toBeGreaterThan(2);
  await expect(error).toBeFocused();
  await page.keyboard.press('F6');
  await expect(page.locator('[data-pane=status] :focus')).toHaveCount(1);
  await page.keyboard.press('Shift+F6');
  await page.keyboard.press('Escape');
  await expect(error).toBeHidden();
});

test('the outline lists the layers in order and selects on the canvas', async ({ app: { page } }) => {
  await page.keyboard.press('Control+Shift+o');
  const list = page.getByRole('listbox', { name: 'Outline' });
  await expect(list).toBeFocused();
  await expect(list.getByRole('option').nth(1)).toContainText(
    'Conv2d conv1, from input, output 6×28×28, 156 parameters',
  );
  await list.press('Home');
  await list.press('ArrowDown');
  await list.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Inspector' }).getByLabel('Name')).toHaveValue('conv1');
});

test('a key is taken over from another command, used, and reset', async ({ app: { page } }) => {
  const fit = page.getByRole('button', { name: 'Change F of Fit network to view' });
  await page.keyboard.press('F1');
  await page.getByRole('textbox', { name: 'Search commands or keys…' }).fill('fit net');
  await fit.click();
  await page.keyboard.press('Control+f');
  await expect(page.getByRole('alert')).toContainText('Ctrl+F is already used for “Find…”.');
  await page.getByRole('button', { name: 'Reassign' }).click();
  await expect(page.getByRole('button', { name: 'Change Ctrl+F of Fit network to view' })).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('Control+f');
  await expect(page.getByRole('search')).toBeHidden();

  await page.keyboard.press('F1');
  await page.getByRole('button', { name: 'Reset all' }).click();
  await expect(fit).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+f');
  await expect(page.getByRole('search')).toBeVisible();
});

test('find walks through the layers of a shape, and gives the focus back', async ({ app: { page } }) => {
  const name = page.getByRole('complementary', { name: 'Inspector' }).getByLabel('Name');
  await page.getByRole('searchbox', { name: 'Search layers…' }).focus();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('16x10x10');
  await expect(page.getByRole('search').getByText('3 found')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(name).toHaveValue('conv2');
  await page.keyboard.press('Enter');
  await expect(name).toHaveValue('act2');
  await page.keyboard.press('Shift+Enter');
  await expect(name).toHaveValue('conv2');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('search')).toBeHidden();
  await expect(page.getByRole('searchbox', { name: 'Search layers…' })).toBeFocused();
});

test('the menu of the window has the recent files', async ({ app: { page } }) => {
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('menuitem', { name: 'File' }).hover();
  await page.getByRole('menuitem', { name: 'Open recent' }).hover();
  await expect(page.getByRole('menuitem', { name: 'No recent files' })).toBeVisible();
});
