import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  answerDialogs,
  card,
  drawSeven,
  goTo,
  probabilities,
  selectNothing,
  setField,
  settledProbabilities,
  train,
} from './actions.ts';
import { expect, test } from './launch.ts';

test('layers become a block with a field, which is stored, exported, imported and added to another network', async ({
  app,
}) => {
  const { electron, page, folder } = app;
  const palette = page.getByRole('complementary', { name: 'Layers' });
  const layer = (name: string) => page.getByRole('group', { name: new RegExp(` ${name}$`) });
  await layer('conv1').click();
  for (const name of ['act1', 'pool1']) await layer(name).click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+g');
  const dialog = page.getByRole('dialog', { name: 'Group into block' });
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(layer('conv1')).toBeVisible();

  await page.keyboard.press('Control+g');
  await dialog.getByLabel('Name').fill('Stage');
  await dialog.getByRole('checkbox', { name: /^Output channels/ }).check();
  await dialog.getByRole('textbox', { name: 'Label of conv1 Output channels' }).fill('Width');
  await dialog.getByRole('textbox', { name: 'Label of conv1 Output channels' }).press('Enter');
  await expect(dialog).toBeHidden();
  const made = card(page, 'Stage block1');
  await expect(made).toContainText('6×14×14');
  await setField(page, 'Width', '8');
  await expect(made).toContainText('8×14×14');

  await page.getByRole('button', { name: 'Save to My blocks' }).click();
  await expect(page.getByText('Saved “Stage” to My blocks')).toBeVisible();
  const kept = palette.getByRole('listbox', { name: 'My blocks' }).getByRole('option', { name: 'Stage' });
  await expect(kept).toBeVisible();

  const file = join(folder, 'stage.netblock');
  await answerDialogs(electron, file);
  await page.getByRole('button', { name: 'Export block…' }).click();
  await expect.poll(() => existsSync(file)).toBe(true);

  await electron.evaluate(({ dialog: dialogs }) => {
    dialogs.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
  });
  await page.keyboard.press('Control+n');
  await expect(palette.getByRole('listbox', { name: 'Blocks of this network' })).toBeHidden();
  await kept.dblclick();
  await expect(made).toBeVisible();
  await expect(palette.getByRole('listbox', { name: 'Blocks of this network' })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(made).toBeHidden();
  await expect(palette.getByRole('listbox', { name: 'Blocks of this network' })).toBeHidden();

  await kept.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Remove from My blocks' }).click();
  await expect(kept).toBeHidden();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Import Block');
  await page.keyboard.press('Enter');
  await expect(kept).toBeVisible();
  await page.getByRole('button', { name: 'Add to network' }).click();
  await expect(made).toBeVisible();
});

test('trained weights stay with their layers when these are grouped and ungrouped', async ({ app: { page } }) => {
  test.setTimeout(240_000);
  const layer = (name: string) => page.getByRole('group', { name: new RegExp(` ${name}$`) });
  await selectNothing(page);
  await setField(page, 'Epochs', '1');
  await train(page);
  const says = async (): Promise<number[]> => {
    await drawSeven(page);
    return settledProbabilities(page);
  };
  const before = await says();
  expect(Math.max(...before)).toBeGreaterThan(0.3);
  const same = async (): Promise<void> => {
    await goTo(page, 'Train');
    await drawSeven(page);
    await expect.poll(() => probabilities(page)).toEqual(before);
    await goTo(page, 'Design');
  };

  await goTo(page, 'Design');
  await layer('conv1').click();
  await layer('act1').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+g');
  await page.getByRole('dialog', { name: 'Group into block' }).getByLabel('Name').press('Enter');
  await expect(layer('block1')).toBeVisible();
  await same();
  await setField(page, 'Name', 'stem');
  await expect(layer('stem')).toBeVisible();
  await same();
  await layer('stem').click();
  await page.keyboard.press('Control+Shift+g');
  await expect(layer('conv1')).toBeVisible();
  await same();
});
