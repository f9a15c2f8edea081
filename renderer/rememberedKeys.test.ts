import { afterEach, expect, test, vi } from 'vitest';

const sources = import.meta.glob<string>(['./**/*.{ts,tsx}', '!./**/*.test.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The state that each key gives to the window, by the key. */
async function recalled(kept: Readonly<Record<string, string>>) {
  const values = new Map(Object.entries(kept));
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, text: string) => void values.set(key, text),
  });
  vi.resetModules();
  const { useUi, useRun } = await import('./state/stores/stores.ts');
  const { useWorkspaces } = await import('./state/workspaces/workspaceStore.ts');
  const { useAnalysis } = await import('./state/analysis/analysisStore.ts');
  const { useCharts } = await import('./training/run/chartStore.ts');
  const { useExport } = await import('./shell/export/exportStore.ts');
  const { useInterrupted } = await import('./training/run/interrupted.ts');
  const { devicesFound } = await import('./training/device/deviceChoice.ts');
  const { PROVIDERS } = await import('../src/provider.ts');
  devicesFound(PROVIDERS.map((provider) => ({ provider, usable: true, reason: null, device: null })));
  const plain = (state: object) => JSON.parse(JSON.stringify(state));
  return {
    values,
    state: {
      'netloom.ui': plain(useUi.getState()),
      'netloom.workspaces': plain(useWorkspaces.getState()),
      'netloom.stepTimes': useAnalysis.getState().measurements,
      'netloom.charts': plain(useCharts.getState()),
      'netloom.export': plain(useExport.getState()),
      'netloom.leftRuns': useInterrupted.getState().left,
      'netloom.device': useRun.getState().provider?.provider,
    },
  };
}

const start = (await recalled({})).state;
const keys = Object.keys(start);

afterEach(() => vi.unstubAllGlobals());

test('these are all keys, and the storage is read in one place', () => {
  const inCode = Object.entries(sources).flatMap(([path, code]) =>
    path.endsWith('/remembered.ts') ? [] : [...code.matchAll(/'(netloom\.\w+)'|\b(localStorage|sessionStorage)\b/g)],
  );
  expect(inCode.map(([, key, storage]) => key ?? storage).sort()).toEqual([...keys].sort());
});

test.each([
  ['nothing', ''],
  ['half a value', '{"theme": "da'],
  ['null', 'null'],
  ['a number', '-1e999'],
  ['a list of others', '[[], null, {"run": 3}, 7]'],
  ['an object of others', '{"theme": {}, "shown": [], "layouts": [], "keys": {"undo": 3}, "workspace": "learn"}'],
  ['a name of every object', '{"__proto__": {"theme": "dark"}, "constructor": null}'],
  [
    'values out of range',
    '{"shown": ["loss", "loss"], "log": ["sound"], "smoothing": 99, "recentOffers": ["relu", "relu"], "recentCommands": [1]}',
  ],
  ['old bytes', '\u0000\ufffd\ud800'],
])('%s in every key starts the window with the defaults, and is kept aside', async (_, text) => {
  const { values, state } = await recalled(Object.fromEntries(keys.map((key) => [key, text])));
  expect(state).toEqual(start);
  expect(keys.map((key) => values.get(`${key}.damaged`))).toEqual(keys.map(() => text));
});

test('a value as older versions wrote it is read', async () => {
  const old = {
    'netloom.device': 'webgpu',
    'netloom.ui': '{"language":"zh","panels":{"dock":{"open":true,"size":200}}}',
    'netloom.export': '{"format":"pytorch","fold":true,"opset":3,"target":"phone"}',
  };
  expect((await recalled(old)).state).toEqual({
    ...start,
    'netloom.device': 'webgpu',
    'netloom.ui': { ...start['netloom.ui'], language: 'zh' },
    'netloom.export': { ...start['netloom.export'], format: 'pytorch', fold: true },
  });
});
