import type { Locator, Page } from '@playwright/test';
import { card, selectNothing } from './actions.ts';
import { expect, test } from './launch.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

const place = async (locator: Locator): Promise<Point> => {
  const box = await locator.boundingBox();
  return { x: Math.round(box?.x ?? Number.NaN), y: Math.round(box?.y ?? Number.NaN) };
};

const middle = async (locator: Locator): Promise<Point> => {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('It is not on the screen.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

/** Presses at one place and goes to another, the button still down. */
async function pull(page: Page, from: Point, to: Point): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 6, from.y + 6, { steps: 2 });
  await page.mouse.move(to.x, to.y, { steps: 6 });
}

const edge = (page: Page, from: string, to: string): Locator => page.getByLabel(`${from} → ${to}`, { exact: true });
const noProblems = (page: Page): Locator => page.getByRole('button', { name: 'no problems' });

test('by mouse: connections are made, rejected with a reason, moved and removed; layers are inserted and replaced', async ({
  app: { page },
}) => {
  const conv1 = card(page, 'Conv2d conv1');
  const fc3 = card(page, 'Linear fc3');

  // Into empty space: what fits is offered, and connected.
  const below = await middle(card(page, 'Classifier classes'));
  await pull(page, await middle(fc3.getByLabel('output y')), { x: below.x, y: below.y + 110 });
  await page.mouse.up();
  const list = page.getByRole('dialog', { name: 'Add after fc3' });
  await expect(list.getByRole('option').first()).toHaveText(/ReLU/);
  await page.keyboard.type('softmax');
  await page.keyboard.press('Enter');
  await expect(list).toBeHidden();
  await expect(edge(page, 'fc3', 'softmax')).toBeAttached();

  // Against the flow: refused, and said why, at the pointer and to screen readers.
  const softmax = card(page, 'Softmax softmax');
  await pull(page, await middle(softmax.getByLabel('output y')), await middle(fc3));
  const reason = 'This connection would form a loop: softmax → fc3 → softmax.';
  await expect(page.getByText(reason)).toBeVisible();
  await page.mouse.up();
  await expect(page.getByRole('status').filter({ hasText: reason })).toBeAttached();
  await expect(edge(page, 'softmax', 'fc3')).toHaveCount(0);

  // An end is picked up and dropped in empty space: one step, undone as one.
  const input = await middle(softmax.getByLabel('input x'));
  await pull(page, input, { x: input.x - 140, y: input.y });
  await page.mouse.up();
  await expect(edge(page, 'fc3', 'softmax')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(edge(page, 'fc3', 'softmax')).toBeAttached();

  // The card is dropped on the edge before it: its own edges are cut first, so that it is free.
  await softmax.click({ button: 'right', position: { x: 90, y: 50 } });
  await page.getByRole('menuitem', { name: 'Disconnect all' }).click();
  const target = await middle(edge(page, 'fc3', 'classes'));
  await pull(page, await middle(softmax), target);
  await page.mouse.up();
  await expect(edge(page, 'fc3', 'softmax')).toBeAttached();
  await expect(edge(page, 'softmax', 'classes')).toBeAttached();
  await expect(edge(page, 'fc3', 'classes')).toHaveCount(0);
  await page.keyboard.press('Delete');
  await expect(edge(page, 'fc3', 'classes')).toBeAttached();

  // A layer from the palette goes into an edge, as the preview says.
  const tanh = page.getByRole('option', { name: 'Tanh', exact: true }).first();
  await tanh.dragTo(page.locator('section').filter({ has: conv1 }), {
    targetPosition: await (async () => {
      const at = await middle(edge(page, 'conv1', 'act1'));
      const frame = await place(page.locator('section').filter({ has: conv1 }));
      return { x: at.x - frame.x, y: at.y - frame.y };
    })(),
  });
  await expect(edge(page, 'conv1', 'tanh')).toBeAttached();
  await expect(edge(page, 'tanh', 'act1')).toBeAttached();
  await expect(noProblems(page)).toBeVisible();

  // Another kind in its place keeps the edges; the name follows the kind.
  await card(page, 'Tanh tanh').click({ button: 'right', position: { x: 90, y: 50 } });
  await page.getByRole('menuitem', { name: /^Replace with/ }).click();
  await page.keyboard.type('sigmoid');
  await page.keyboard.press('Enter');
  await expect(card(page, 'Sigmoid sigmoid')).toBeVisible();
  await expect(edge(page, 'conv1', 'sigmoid')).toBeAttached();
  await expect(edge(page, 'sigmoid', 'act1')).toBeAttached();
});

test('by keyboard: layers are visited, connected, moved and aligned; notes and frames are edited', async ({
  app: { page },
}) => {
  const conv1 = card(page, 'Conv2d conv1');
  await conv1.click();
  await page.keyboard.press('Tab');
  await expect(card(page, 'ReLU act1')).toBeFocused();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(conv1).toBeFocused();
  await page.keyboard.press('Home');
  await expect(card(page, 'Input input')).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(card(page, 'Input input')).not.toBeFocused();

  // Connecting: the nearest that fits first, spoken.
  await conv1.click();
  await page.keyboard.press('c');
  const said = page.getByRole('status');
  await expect(said.filter({ hasText: '1 of ' })).toBeAttached();
  for (let i = 0; i < 12 && !(await said.filter({ hasText: /^conv2, x/ }).count()); i++) {
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await expect(edge(page, 'conv1', 'conv2')).toBeAttached();
  await expect(edge(page, 'pool1', 'conv2')).toHaveCount(0);
  await page.keyboard.press('Control+z');

  // A burst of arrows is one step.
  const classes = card(page, 'Classifier classes');
  await classes.click();
  const start = await place(classes);
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowDown');
  await expect.poll(async () => (await place(classes)).y).toBeGreaterThan(start.y + 20);
  await page.keyboard.press('Control+z');
  await expect.poll(() => place(classes)).toEqual(start);

  // Aligned with what is selected beside it.
  const fc3 = card(page, 'Linear fc3');
  await page.keyboard.press('Shift+ArrowRight');
  await fc3.click({ modifiers: ['Shift'] });
  await classes.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Arrange' }).hover();
  await page.getByRole('menuitem', { name: 'Align left edges' }).click();
  await expect.poll(async () => (await place(classes)).x - (await place(fc3)).x).toBe(0);

  // A frame around both moves them both.
  await page.keyboard.press('Control+Shift+f');
  await page.keyboard.type('Head of the net');
  await page.keyboard.press('Enter');
  const frame = page.getByRole('group', { name: 'Frame Head of the net' });
  await expect(frame).toBeFocused();
  const before = await place(fc3);
  await page.keyboard.press('Shift+ArrowDown');
  await expect.poll(async () => (await place(fc3)).y).toBeGreaterThan(before.y + 50);
  await expect(frame).toBeVisible();
  // It is resized by keys, a burst of presses at once, and copied with what lies in it.
  const width = async () => (await frame.boundingBox())?.width ?? 0;
  const narrow = await width();
  await page.keyboard.press('Alt+Shift+ArrowRight');
  await page.keyboard.press('Alt+Shift+ArrowRight');
  await expect.poll(width).toBeGreaterThan(narrow);
  await page.keyboard.press('Control+z');
  await expect.poll(width).toBe(narrow);
  await page.keyboard.press('Control+d');
  await expect(frame).toHaveCount(2);
  await expect(card(page, 'Linear fc4')).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect(frame).toHaveCount(1);
  await frame.getByText('Head of the net').click();
  await page.keyboard.press('Delete');
  await expect(frame).toHaveCount(0);

  // A note's text is one step.
  await selectNothing(page);
  await page.keyboard.press('n');
  await page.keyboard.type('Two lines,\none step');
  await page.keyboard.press('Escape');
  const note = page.getByRole('group', { name: /^Note/ });
  await expect(note).toContainText('one step');
  await page.keyboard.press('Control+z');
  await expect(note).toContainText('Empty note');

  // Quick add has notes, too.
  await selectNothing(page);
  await page.keyboard.press('Space');
  await page.keyboard.type('note');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Another');
  await page.keyboard.press('Escape');
  await expect(note.filter({ hasText: 'Another' })).toBeVisible();
});

test('a trackpad pans the view, Alt drags a copy, matches of a search are marked', async ({ app: { page } }) => {
  const act1 = card(page, 'ReLU act1');
  const view = () => page.locator('.react-flow__viewport').evaluate((viewport) => getComputedStyle(viewport).transform);
  const scale = async () => (await view()).split(',')[0];
  const before = [await view(), await scale()];
  const at = await middle(act1);
  await page.mouse.move(at.x, at.y);
  await page.mouse.wheel(30, 20);
  await expect.poll(view).not.toBe(before[0]);
  expect(await scale()).toBe(before[1]);
  await page.mouse.wheel(-30, -20);
  await expect.poll(view).toBe(before[0]);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, 20);
  await page.keyboard.up('Control');
  await expect.poll(scale).not.toBe(before[1]);

  // The copy moves and is selected, the layer stays where it is; one step.
  const [place1, start] = [await place(act1), await middle(act1)];
  await page.keyboard.down('Alt');
  await pull(page, start, { x: start.x + 90, y: start.y + 30 });
  await page.mouse.up();
  await page.keyboard.up('Alt');
  await expect(card(page, 'ReLU act5')).toHaveClass(/selected/);
  expect(await place(act1)).toEqual(place1);
  await page.keyboard.press('Control+z');
  await expect(card(page, 'ReLU act5')).toHaveCount(0);

  // Escape gives a drag up, the copy too, whatever the pointer does until it lets go.
  for (const copies of [true, false]) {
    if (copies) await page.keyboard.down('Alt');
    await pull(page, start, { x: start.x + 90, y: start.y + 30 });
    await page.keyboard.press('Escape');
    await page.mouse.move(start.x + 120, start.y + 60);
    await page.mouse.up();
    if (copies) await page.keyboard.up('Alt');
    await expect(card(page, 'ReLU act5')).toHaveCount(0);
    expect(await place(act1)).toEqual(place1);
  }

  // The rectangle selects what it touches, also when the press of Shift was never seen. It may begin at the edge, where
  // others that come there move the view.
  const session = await page.context().newCDPSession(page);
  const [from, to] = [await middle(card(page, 'Conv2d conv1')), await middle(act1)];
  const left = (await page.locator('.react-flow').boundingBox())?.x ?? 0;
  const shown = await view();
  const stroke = [
    ['mousePressed', left + 8, from.y, 1],
    ['mouseMoved', left + 16, from.y + 9, 1],
    ['mouseMoved', from.x - 60, to.y, 1],
    ['mouseReleased', from.x - 60, to.y, 0],
  ] as const;
  for (const [type, x, y, buttons] of stroke) {
    const button = type === 'mouseMoved' ? 'none' : 'left';
    await session.send('Input.dispatchMouseEvent', { type, x, y, buttons, button, modifiers: 8, clickCount: 1 });
    await page.waitForTimeout(100);
  }
  expect(await view()).toBe(shown);
  const selected = page.locator('.react-flow__node.selected');
  await expect(selected).toHaveCount(2);
  await expect(act1).toHaveClass(/selected/);
  await card(page, 'Linear fc1').click({ modifiers: ['Shift'] });
  await expect(selected).toHaveCount(3);
  await expect(card(page, 'ReLU act1')).toHaveAccessibleDescription('max(0, x), output 6×28×28, from conv1, to pool1.');

  // Matches are marked while the query is typed.
  await page.keyboard.press('Control+f');
  await page.keyboard.type('conv');
  await expect(page.locator('[data-found]')).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-found]')).toHaveCount(0);

  // The list of layers stands still under the pointer, whatever was added last.
  const offer = page.getByRole('option', { name: 'Tanh', exact: true }).first();
  await offer.scrollIntoViewIfNeeded();
  const there = await place(offer);
  await offer.dblclick();
  await expect(card(page, 'Tanh tanh')).toBeAttached();
  expect(await place(offer)).toEqual(there);
});
