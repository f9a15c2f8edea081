import { expect, test } from 'vitest';

/** Read, not run: commands reach for the window. */
const files: Readonly<Record<string, string>> = import.meta.glob('../../*/commands/*Commands.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The chords of `keys: […]`, and those that a maker of commands is given. */
const chords = Object.values(files).flatMap((code) => [
  ...[...code.matchAll(/keys: \[('[^\]]*')\]/g)].flatMap(([, list = '']) => list.slice(1, -1).split("', '")),
  ...[...code.matchAll(/\('command\.\w+', '([^']+)'/g)].map(([, chord = '']) => chord),
]);

/**
 * They edit the one thing that is selected, which is a layer or a note, never both; a block is entered. What is selected
 * is left before the block is.
 */
const shared = ['F2', 'Enter', 'Enter', 'Escape'];

test('no two commands have the same default key', () => {
  expect(chords).toContain('Mod+K');
  expect(chords).toContain('Shift+ArrowUp');
  expect(chords.filter((chord, index) => chords.indexOf(chord) !== index)).toEqual(shared);
});

test('whatever cannot always be done says what it needs', () => {
  const silent = Object.values(files).flatMap((code) =>
    [...code.matchAll(/^( +)enabled\b[^\n]*\n(?:\1 +[^\n]*\n)*(?=\1\S)(?!\1needs:)/gm)].map(([lines]) => lines.trim()),
  );
  expect(silent).toEqual([]);
});
