import { card, openStartPage, setField, settled } from './actions.ts';
import { viewOf } from './canvasView.ts';
import { expect, openTemplate, test } from './launch.ts';

test('a block previews its inside, expands and collapses, each in one undo step', async ({ app: { page } }) => {
  await openStartPage(page);
  await page.getByRole('searchbox', { name: 'Search templates' }).fill('resnet');
  await openTemplate(page, 'ResNet-18');
  const stage = (number: number) => card(page, `Residual stage stage${number}`);
  await expect(stage(1)).toBeVisible();

  await stage(1).getByRole('button', { name: 'Expand stage1' }).hover();
  await expect(page.getByRole('img', { name: 'Contents of stage1' })).toBeVisible();
  await page.mouse.move(2, 2);
  await expect(page.getByRole('img', { name: 'Contents of stage1' })).toBeHidden();

  const heightOf = async (number: number) => (await stage(number).boundingBox())?.height ?? 0;
  await page.keyboard.press('Control+0');
  await expect.poll(async () => (await viewOf(page)).zoom).toBe(1);
  const closed = await heightOf(1);
  await stage(1).getByRole('button', { name: 'Expand stage1' }).click();
  await expect(stage(1).getByText('block2')).toBeVisible();
  expect(await heightOf(1)).toBeGreaterThan(2 * closed);
  const apart = async () => {
    const [above, below] = [await stage(1).boundingBox(), await stage(2).boundingBox()];
    return above === null || below === null ? Number.NaN : below.y - (above.y + above.height);
  };
  await expect.poll(apart).toBeGreaterThan(20);
  await expect(page.getByRole('button', { name: 'not trainable here' })).toBeVisible();

  await stage(1).getByRole('button', { name: 'Collapse stage1' }).click();
  await expect(stage(1).getByText('block2')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(stage(1).getByText('block2')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(stage(1).getByText('block2')).toHaveCount(0);

  // By key, of what is selected.
  await settled(stage(2));
  await stage(2).click();
  await expect(stage(2)).toHaveClass(/selected/);
  await page.keyboard.press('o');
  await expect(stage(2).getByText('block2')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Expand' })).toBeChecked();

  // An inner card is selected by itself, and looking has changed nothing.
  const block1 = stage(2).locator('[data-inner]').filter({ hasText: 'block1' });
  await settled(block1);
  await block1.click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector).toContainText('Inside stage2');
  await expect(inspector.getByRole('heading', { level: 1 })).toContainText('block1');
  await expect(page.locator('.react-flow__node.selected')).toHaveCount(0);
  await expect(inspector.getByLabel('Name', { exact: true })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(stage(2)).toHaveClass(/selected/);
  await expect(page.getByRole('img', { name: 'unsaved changes' })).toHaveCount(0);
  // A double click goes to what is under it; in a built-in block no name is edited.
  await block1.dblclick();
  const conv1 = card(page, 'Conv2d conv1');
  await expect(conv1).toBeVisible();
  await page.keyboard.press('Control+0');
  // Playwright takes the face of a card that cannot be edited for disabled.
  await conv1.getByText('conv1', { exact: true }).dblclick({ force: true });
  await expect(page.getByRole('textbox', { name: 'Layer name' })).toHaveCount(0);
});

test('the keyboard visits the inside of an expanded block, and a problem inside is fixed there', async ({
  app: { page },
}) => {
  await card(page, 'Conv2d conv2').click();
  await card(page, 'ReLU act2').click({ modifiers: ['Shift'] });
  await page.keyboard.press('Control+g');
  await page.keyboard.type('Unit');
  await page.keyboard.press('Enter');
  const unit = card(page, 'Unit block1');
  await unit.click();
  await page.keyboard.press('o');
  const conv = unit.getByRole('group', { name: 'Conv2d conv2' });
  const act = unit.getByRole('group', { name: 'ReLU act2' });
  await expect(conv).toHaveAccessibleDescription('5×5 · 16 channels, output 16×10×10, from x, to act2.');

  // Tab as through the cards outside, arrows along the edges, Escape to the block.
  await page.keyboard.press('Tab');
  await expect(page.locator('[data-inner]:focus')).toHaveAccessibleName('Conv2d conv2');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[data-inner]:focus')).toHaveAccessibleName('ReLU act2');
  await page.keyboard.press('Tab');
  await expect(card(page, 'MaxPool2d pool2')).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(page.locator('[data-inner]:focus')).toHaveAccessibleName('ReLU act2');
  await page.keyboard.press('Escape');
  await expect(unit).toHaveClass(/selected/);
  await expect(unit).toBeFocused();
  await page.keyboard.press('Tab');

  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector.getByRole('heading', { level: 1 })).toContainText('conv2');
  await setField(page, 'Kernel, height', '40');
  const fix = inspector.getByRole('listitem').getByRole('button').first();
  await fix.click();
  await expect(page.getByRole('button', { name: 'no problems' })).toBeVisible();
  await expect(inspector).toContainText('Inside block1');

  // Enter goes to the level of the card.
  await page.locator('[data-inner]').first().click();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation')).toContainText('block1');
  await expect(card(page, 'Conv2d conv2')).toBeFocused();
  expect(await act.count()).toBe(0);
});
