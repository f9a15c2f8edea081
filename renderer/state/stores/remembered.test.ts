import { expect, test } from 'vitest';
import { z } from 'zod';
import { remembered } from './remembered.ts';

const schema = z.object({
  theme: z.enum(['light', 'dark']),
  panels: z.object({ dock: z.object({ open: z.boolean(), size: z.number() }) }),
  keys: z.record(z.string(), z.array(z.string())),
  recent: z.array(z.string()),
});
const fallback: z.infer<typeof schema> = {
  theme: 'light',
  panels: { dock: { open: true, size: 100 } },
  keys: {},
  recent: ['x'],
};
const good: z.infer<typeof schema> = {
  theme: 'dark',
  panels: { dock: { open: false, size: 7 } },
  keys: { train: ['F9'] },
  recent: ['a', 'b'],
};

function kept(text: string | null) {
  const values = new Map(text === null ? [] : [['key', text]]);
  const memory = {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  };
  return { values, value: remembered('key', schema, fallback, memory) };
}

const damaged: readonly (readonly [string, string, z.infer<typeof schema>])[] = [
  ['empty', '', fallback],
  ['cut off', JSON.stringify(good).slice(0, 30), fallback],
  ['null', 'null', fallback],
  ['a list', '[1]', fallback],
  ['one wrong field', JSON.stringify({ ...good, theme: 7 }), { ...good, theme: 'light' }],
  ['one missing field', JSON.stringify({ ...good, recent: undefined }), { ...good, recent: ['x'] }],
  [
    'a wrong field further in',
    JSON.stringify({ ...good, panels: { dock: { open: false, size: 'x' } } }),
    { ...good, panels: { dock: { open: false, size: 100 } } },
  ],
  ['one wrong entry', JSON.stringify({ ...good, keys: { train: ['F9'], stop: 3 } }), good],
  ['one wrong element', JSON.stringify({ ...good, recent: ['a', null, 'b'] }), good],
  ['a name of every object', `{"theme":"dark","__proto__":{"recent":[]}}`, { ...fallback, theme: 'dark' }],
];

test.each(
  damaged,
)('a remembered value that is damaged (%s) costs only what is damaged, and is kept', (_, text, expected) => {
  const { value, values } = kept(text);
  expect(value.read()).toEqual(expected);
  expect(values.get('key.damaged')).toBe(text);
});

test('a written value is read back; a missing one is the fallback', () => {
  const { value, values } = kept(null);
  expect(value.read()).toEqual(fallback);
  value.write(good);
  expect(value.read()).toEqual(good);
  expect([...values.keys()]).toEqual(['key']);
});

test('a full storage does not stop the app', () => {
  const full = {
    getItem: () => null,
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
  };
  expect(() => remembered('key', schema, fallback, full).write(good)).not.toThrow();
});
