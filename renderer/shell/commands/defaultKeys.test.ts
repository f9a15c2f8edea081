import { expect, test } from 'vitest';

/** Read as text, because commands access the window when they are imported. */
const files: Readonly<Record<string, string>> = import.meta.glob('../../*/commands/*Commands.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The chords in `keys: […]`, and those passed to functions that create commands. */
const chords = Object.values(files).flatMap((code) => [
  ...[...code.matchAll(/keys: \[('[^\]]*')\]/g)].flatMap(([, list = '']) => list.slice(1, -1).split("', '")),
  ...[...code.matchAll(/\('command\.\w+', '([^']+)'/g)].map(([, chord = '']) => chord),
]);

/**
 * Shared keys never conflict: F2 and Enter edit the single selected layer or note, Enter also opens a block. Escape
 * clears the selection first, then leaves the block.
 */
const shared = ['F2', 'Enter', 'Enter', 'Escape'];

test('no two commands have the same default key', () => {
  expect(chords).toContain('Mod+K');
  expect(chords).toContain('Shift+ArrowUp');
  expect(chords.filter((chord, index) => chords.indexOf(chord) !== index)).toEqual(shared);
});

test('a command that can be disabled gives the reason', () => {
  const silent = Object.values(files).flatMap((code) =>
    [...code.matchAll(/^( +)enabled\b[^\n]*\n(?:\1 +[^\n]*\n)*(?=\1\S)(?!\1needs:)/gm)].map(([lines]) => lines.trim()),
  );
  expect(silent).toEqual([]);
});
