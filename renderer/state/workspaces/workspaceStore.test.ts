import { expect, test } from 'vitest';
import { startLayouts } from './layout.ts';

const kept = new Map<string, string>();
const memory = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, text: string) => void kept.set(key, text),
};
Object.assign(globalThis, { localStorage: memory });
const { createWorkspaceStore, WORKSPACE_KEY } = await import('./workspaceStore.ts');

test('a panel is shown where it is, or in its home workspace', () => {
  const store = createWorkspaceStore(memory);
  store.getState().showPanel('inspector');
  expect(store.getState().workspace).toBe('design');
  store.getState().showPanel('look');
  expect(store.getState().workspace).toBe('results');
  store.getState().showPanel('canvas');
  expect(store.getState()).toMatchObject({
    workspace: 'results',
    layouts: { results: { right: { shown: 'canvas' } } },
  });
});

test('a maximized panel is restored when another panel or workspace is shown', () => {
  const store = createWorkspaceStore(memory);
  const maximized = () => store.getState().maximized;
  store.getState().showWorkspace('train');
  store.getState().toggleMaximized('curves');
  expect(maximized()).toBe('curves');
  store.getState().showPanel('curves');
  expect(maximized()).toBe('curves');
  store.getState().showPanel('canvas');
  expect(maximized()).toBeNull();
  store.getState().toggleMaximized('curves');
  store.getState().showWorkspace('results');
  expect(maximized()).toBeNull();
});

test('a panel is maximized from another workspace, and restored in its own', () => {
  const store = createWorkspaceStore(memory);
  store.getState().showWorkspace('design');
  store.getState().maximize('runs');
  expect(store.getState()).toMatchObject({ workspace: 'train', maximized: 'runs' });
  store.getState().restore();
  expect(store.getState()).toMatchObject({
    workspace: 'train',
    maximized: null,
    layouts: { train: { bottom: { open: true, shown: 'runs' } } },
  });
});

test('every workspace has its own layout, which is stored and can be reset', () => {
  kept.clear();
  const { showWorkspace, movePanel, resizeArea } = createWorkspaceStore(memory).getState();
  showWorkspace('train');
  movePanel('inspector', 'bottom');
  resizeArea('left', 310.4);
  const next = createWorkspaceStore(memory);
  expect(next.getState()).toMatchObject({
    workspace: 'train',
    layouts: {
      train: { left: { size: 310 }, bottom: { panels: ['runs', 'inspector'], open: true } },
      design: startLayouts.design,
    },
  });
  next.getState().resetWorkspace();
  expect(next.getState().layouts).toEqual(startLayouts);
});

test('a layout that was stored before a panel existed is kept, with the panel', () => {
  kept.clear();
  const { showWorkspace, resizeArea } = createWorkspaceStore(memory).getState();
  showWorkspace('data');
  resizeArea('left', 310);
  kept.set(WORKSPACE_KEY, (kept.get(WORKSPACE_KEY) as string).replace('"transforms",', ''));
  const { workspace, layouts } = createWorkspaceStore(memory).getState();
  expect(workspace).toBe('data');
  expect(layouts.data.left.size).toBe(310);
  expect(layouts.data.centre.panels).toEqual(['samples', 'statistics', 'transforms']);
  expect(kept.has(`${WORKSPACE_KEY}.damaged`)).toBe(false);
});

test.each([
  ['no JSON', '{'],
  ['an unknown workspace', '{"workspace":"learn"}'],
  [
    'a panel that is twice there',
    JSON.stringify({
      workspace: 'train',
      layouts: {
        ...startLayouts,
        train: { ...startLayouts.train, left: { panels: ['canvas'], shown: 'canvas', open: true, size: 1 } },
      },
    }),
  ],
])('a stored layout with %s does not stop the window', (_, text) => {
  kept.set(WORKSPACE_KEY, text);
  expect(createWorkspaceStore(memory).getState().layouts).toEqual(startLayouts);
});
