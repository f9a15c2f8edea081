import type { Page } from '@playwright/test';
import { card } from './actions.ts';
import { expect, test } from './launch.ts';

const codes: Readonly<Record<string, number>> = { Enter: 13, Escape: 27, F2: 113, ' ': 32 };

/** Sends keys without waiting for what they do: a chord, then whatever is typed right after it. */
async function pressAtOnce(page: Page, keys: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await Promise.all(
    keys.flatMap((each) => {
      const chord = /^Control\+(.)$/.exec(each);
      const [key, modifiers] = chord === null ? [each, 0] : [chord[1] as string, 2];
      // Without its text, Enter does not submit the form of a focused field.
      const typed = key === 'Enter' ? '\r' : key;
      const text = typed.length === 1 && modifiers === 0 ? { text: typed } : {};
      const event = { key, modifiers, windowsVirtualKeyCode: codes[key] ?? key.toUpperCase().charCodeAt(0) };
      return [
        session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event, ...text }),
        session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event }),
      ];
    }),
  );
  await session.detach();
}

test('keys pressed right after a command go to the field that it opens', async ({ app: { page } }) => {
  // On a selected edge: there, and its own menu also after an undo.
  const box = await page.getByLabel('conv1 → act1', { exact: true }).boundingBox();
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
  await page.mouse.click(x, y);
  await page.mouse.move(700, 100);
  await pressAtOnce(page, [' ', ...'tanh', 'Enter']);
  await expect(page.getByLabel('conv1 → tanh', { exact: true })).toBeAttached();
  await page.keyboard.press('Control+z');
  await page.mouse.click(x, y, { button: 'right' });
  await expect(page.getByRole('menuitem')).toHaveText([/Insert layer/, /Delete/]);
  await page.keyboard.press('Escape');

  const conv1 = card(page, 'Conv2d conv1');
  const fields = [
    ['Control+k', page.getByRole('combobox', { name: 'Run a command' })],
    ['Control+f', page.locator('[data-find] input')],
    ['Control+/', page.getByRole('searchbox', { name: 'Search layers…' })],
    [' ', page.getByRole('combobox', { name: 'Search layers…' })],
    ['F2', page.getByRole('textbox', { name: 'Layer name' })],
    ['Control+g', page.getByRole('dialog').getByRole('textbox').first()],
  ] as const;
  for (const [chord, field] of fields) {
    await conv1.click();
    await pressAtOnce(page, [chord, ...'concat']);
    await expect(field).toHaveValue('concat');
    await page.keyboard.press('Escape');
  }
  // Enter confirms a dialog that was not there yet when it was pressed.
  await pressAtOnce(page, ['Control+g', ...'Unit', 'Enter']);
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(card(page, 'Unit block1')).toBeAttached();
  await page.keyboard.press('Control+z');
  // Layer after layer, faster than anything is drawn; Linear brings the Flatten that it needs.
  await conv1.click();
  await pressAtOnce(page, [' ', ...'tanh', 'Enter', ' ', ...'linear', 'Enter', 'F2', ...'wide', 'Enter']);
  await expect(card(page, 'Linear wide')).toBeFocused();
  await expect(page.getByLabel('tanh → flatten2', { exact: true })).toBeAttached();
  await expect(page.getByLabel('flatten2 → wide', { exact: true })).toBeAttached();
  // Each was one step, and what an undo brings back is selected as it was.
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(card(page, 'Tanh tanh')).toHaveClass(/selected/);
  await expect(page.getByLabel('tanh → flatten2', { exact: true })).toHaveCount(0);
});

test('in every field, Enter and Escape belong to an active input method', async ({ app: { page } }) => {
  const session = await page.context().newCDPSession(page);
  const compose = (text: string) =>
    session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  const conv1 = card(page, 'Conv2d conv1');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  const fields = [
    ['F2', page.getByRole('textbox', { name: 'Layer name' })],
    [' ', page.getByRole('combobox', { name: 'Search layers…' })],
    ['Control+k', page.getByRole('combobox', { name: 'Run a command' })],
    ['Control+f', page.locator('[data-find] input')],
    ['Control+/', page.getByRole('searchbox', { name: 'Search layers…' })],
    [null, inspector.getByLabel('Name')],
    [null, inspector.getByRole('textbox', { name: 'Output channels' })],
    // The last: it lies on the card.
    ['n', page.locator('.react-flow__node textarea')],
  ] as const;
  for (const [chord, field] of fields) {
    await conv1.click();
    await (chord === null ? field.click() : page.keyboard.press(chord === ' ' ? 'Space' : chord));
    await expect(field).toBeFocused();
    await compose("juan'ji");
    for (const key of ['Enter', 'Escape', 'ArrowDown', 'Tab']) {
      await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, code: key, windowsVirtualKeyCode: 229 });
    }
    await expect(field).toBeFocused();
    await expect(field).toHaveValue(/juan'ji/);
    await compose('');
    await page.keyboard.press('Escape');
  }
  await expect(conv1).toHaveAttribute('data-id', 'conv1');
  await expect(conv1).toContainText('6 channels');
});
