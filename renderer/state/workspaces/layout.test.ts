import { expect, test } from 'vitest';
import {
  type AreaId,
  areaIds,
  areaOf,
  homeOf,
  isShown,
  type Layout,
  layoutsSchema,
  type PanelId,
  panelIds,
  startLayouts,
  withMoved,
  withShown,
  withSize,
  withToggled,
  workspaceIds,
} from './layout.ts';

const { design, train, results } = startLayouts;

test.each(workspaceIds)('%s has every panel once, among them the canvas', (id) => {
  const panels = areaIds.flatMap((area) => startLayouts[id][area].panels);
  expect(new Set(panels).size).toBe(panels.length);
  expect(panels).toContain('canvas');
});

test('every panel has a home workspace', () => {
  expect(panelIds.filter((panel) => areaOf(startLayouts[homeOf(panel)], panel) === null)).toEqual([]);
});

test.each<[PanelId, string]>([
  ['canvas', 'design'],
  ['inspector', 'design'],
  ['problems', 'design'],
  ['samples', 'data'],
  ['curves', 'train'],
  ['look', 'results'],
])('%s is at home in %s', (panel, home) => expect(homeOf(panel)).toBe(home));

test('showing a panel opens its area', () => {
  expect(isShown(design, 'analysis')).toBe(false);
  const shown = withShown(design, 'analysis');
  expect(isShown(shown, 'analysis')).toBe(true);
  expect(isShown(shown, 'problems')).toBe(false);
  expect(withShown(design, 'curves')).toBe(design);
});

test('areas close and open, except the center and areas without panels', () => {
  expect(withToggled(design, 'left').left.open).toBe(false);
  expect(withToggled(withToggled(design, 'left'), 'left')).toEqual(design);
  expect(withToggled(design, 'centre')).toBe(design);
  expect(withToggled(results, 'bottom')).toBe(results);
});

test('a moved panel is shown in its new area, and the old area closes if it is empty', () => {
  const moved = withMoved(train, 'settings', 'bottom');
  expect(moved.left).toMatchObject({ panels: [], shown: null, open: false });
  expect(moved.bottom).toMatchObject({ panels: ['runs', 'settings'], shown: 'settings', open: true });
  expect(withMoved(moved, 'settings', 'left').left).toEqual(train.left);
  expect(withMoved(results, 'look', 'left').right).toMatchObject({ panels: ['canvas'], shown: 'canvas' });
});

test('the center keeps its last panel', () => {
  expect(withMoved(design, 'canvas', 'right')).toBe(design);
  const two = withMoved(train, 'canvas', 'centre');
  expect(withMoved(two, 'curves', 'right').centre.panels).toEqual(['canvas']);
});

test.each([
  ['as it started', startLayouts, true],
  ['with a panel moved', { ...startLayouts, train: withMoved(train, 'inspector', 'bottom') }, true],
  ['without a panel', { ...startLayouts, train: { ...train, left: { ...train.left, panels: [] } } }, true],
  [
    'with a panel of another workspace',
    { ...startLayouts, train: { ...train, left: { ...train.left, panels: ['look'] } } },
    false,
  ],
  [
    'with a panel twice',
    { ...startLayouts, train: { ...train, bottom: { panels: ['canvas'], shown: 'canvas', open: true, size: 9 } } },
    false,
  ],
  [
    'with a panel shown that is elsewhere',
    { ...startLayouts, train: { ...train, left: { ...train.left, shown: 'look' } } },
    false,
  ],
  ['with a closed center', { ...startLayouts, train: { ...train, centre: { ...train.centre, open: false } } }, false],
])('a layout %s is stored: %s', (_, layouts, sound) => {
  expect(layoutsSchema.safeParse(layouts).success).toBe(sound);
});

const { data } = startLayouts;
const without = (layout: Layout, area: AreaId, ...gone: PanelId[]): Layout => {
  const panels = layout[area].panels.filter((panel) => !gone.includes(panel));
  return { ...layout, [area]: { ...layout[area], panels, shown: panels[0] ?? null, open: panels.length > 0 } };
};

test.each<[string, Layout, Partial<Record<AreaId, object>>]>([
  [
    'without transforms',
    without(data, 'centre', 'transforms'),
    { centre: { panels: ['samples', 'statistics', 'transforms'], shown: 'samples' } },
  ],
  [
    'without transforms and statistics',
    without(data, 'centre', 'transforms', 'statistics'),
    { centre: { panels: ['samples', 'transforms', 'statistics'], shown: 'samples' } },
  ],
  [
    'with another panel moved and its own sizes',
    withSize(withMoved(without(data, 'centre', 'transforms'), 'statistics', 'bottom'), 'left', 333),
    {
      left: { size: 333 },
      centre: { panels: ['samples', 'transforms'] },
      bottom: { panels: ['statistics'], shown: 'statistics', open: true },
    },
  ],
  [
    'whose area of the panel is empty',
    without(data, 'left', 'data'),
    { left: { panels: ['data'], shown: 'data', open: false } },
  ],
])('an older layout %s gets the new panels and keeps everything else', (_, older, expected) => {
  const { data: read } = layoutsSchema.parse({ ...startLayouts, data: older });
  expect(read).toMatchObject(expected);
  for (const id of areaIds) {
    expect(read[id].panels.filter((panel) => older[id].panels.includes(panel))).toEqual(older[id].panels);
    expect(read[id].size).toBe(older[id].size);
  }
});
