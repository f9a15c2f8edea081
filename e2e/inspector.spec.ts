import { card, selectNothing, setField } from './actions.ts';
import { expect, openTemplate, test } from './launch.ts';

const MORE = ['Control'] as const;

test('pinyin initials find a layer, Enter adds it, and so do synonyms and presets', async ({ app: { page } }) => {
  const search = page.getByRole('searchbox', { name: 'Search layers…' });
  await card(page, 'MaxPool2d pool1').click();
  await search.fill('jj');
  await expect(page.getByRole('option').first()).toHaveAccessibleName('Conv2d');
  await search.press('Enter');
  await expect(card(page, 'Conv2d conv3')).toBeVisible();

  await card(page, 'MaxPool2d pool1').click();
  await search.fill('depthwise');
  await search.press('Enter');
  // Behind pool1 there are 6 channels.
  await expect(card(page, 'Conv2d conv4')).toContainText('6 channels');

  await search.fill('qqq');
  await expect(page.getByRole('status').filter({ hasText: 'No layer matches “qqq”' })).toBeVisible();
  await page.getByRole('button', { name: 'dense' }).click();
  await expect(page.getByRole('option').first()).toHaveAccessibleName('Linear');
});

test('categories fold by keyboard and stay folded, and a resting pointer shows the formula', async ({
  app: { page },
}) => {
  const palette = page.getByRole('complementary', { name: 'Layers' });
  const heading = palette.getByRole('button', { name: 'Input and output' });
  await heading.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(palette.getByRole('option', { name: 'Classifier', exact: true })).toBeHidden();
  await page.reload();
  await openTemplate(page, 'LeNet (ReLU, max pooling)');
  await expect(heading).toHaveAttribute('aria-expanded', 'false');
  await palette.getByRole('option', { name: 'Conv2d', exact: true }).hover();
  await expect(page.getByRole('tooltip').locator('math').first()).toBeAttached();
});

test('an edit shows its effect, a reset restores the default', async ({ app: { page } }) => {
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await card(page, 'Conv2d conv2').click();
  const formula = inspector.getByRole('region', { name: 'Formula' });
  await expect(formula.locator('math').first()).toBeAttached();
  await expect(formula).toContainText('parameters');

  await inspector.getByRole('textbox', { name: 'Output channels' }).fill('4*5');
  const effect = inspector.getByRole('region', { name: 'Effect of this change' });
  await expect(effect).toContainText('16×10×10 → 20×10×10');
  await expect(effect).toContainText('+12,604');
  await page.keyboard.press('Enter');
  await expect(inspector.getByRole('textbox', { name: 'Output channels' })).toHaveValue('20');

  // A problem that a value causes is shown at its field.
  await setField(page, 'Kernel, height', '15');
  await expect(inspector.getByRole('listitem').filter({ hasText: '(14 + 2·0 − 15)/1 + 1 = 0' })).toBeVisible();
  await inspector.getByRole('button', { name: 'Reset Kernel' }).click();
  await expect(card(page, 'Conv2d conv2')).toContainText('3×3');
  await inspector.getByRole('button', { name: 'Reset Output channels' }).click();
  await expect(card(page, 'Conv2d conv2')).toContainText('16 channels');
});

test('holding a stepper is one step to undo', async ({ app: { page } }) => {
  await card(page, 'Conv2d conv2').click();
  const filters = page.getByRole('textbox', { name: 'Output channels' });
  await page.getByRole('button', { name: 'Increase Output channels' }).hover();
  await page.mouse.down();
  await expect.poll(async () => Number(await filters.inputValue())).toBeGreaterThan(18);
  await page.mouse.up();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(filters).toHaveValue('16');
  await expect(page.getByRole('button', { name: /^Undo/ })).toBeDisabled();
});

test('several layers are edited at once, as one step to undo', async ({ app: { page } }) => {
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await card(page, 'Conv2d conv1').click();
  await card(page, 'Conv2d conv2').click({ modifiers: [...MORE] });
  await expect(inspector.getByRole('heading', { name: '2 layers selected' })).toBeVisible();
  const filters = inspector.getByRole('textbox', { name: 'Output channels' });
  await expect(filters).toHaveAttribute('placeholder', 'mixed');
  await setField(page, 'Output channels', '12');
  await expect(card(page, 'Conv2d conv1')).toContainText('12 channels');
  await expect(card(page, 'Conv2d conv2')).toContainText('12 channels');
  await inspector.getByLabel('Frozen').check();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(card(page, 'Conv2d conv1')).toContainText('6 channels');
  await expect(page.getByRole('button', { name: /^Undo/ })).toBeDisabled();
  await selectNothing(page);
  await expect(inspector.getByRole('region', { name: 'Overview' })).toContainText('61,706');
});
