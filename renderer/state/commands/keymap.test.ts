import { expect, test } from 'vitest';
import { acceleratorOf, chordOf, chordText, holderOf, rebind } from './keymap.ts';

const press = (key: string, modifiers = '') => ({
  key,
  ctrlKey: modifiers.includes('c'),
  metaKey: modifiers.includes('m'),
  altKey: modifiers.includes('a'),
  shiftKey: modifiers.includes('s'),
});

test.each([
  [press('z', 'c'), false, 'Mod+Z', 'Ctrl+Z', 'CmdOrCtrl+Z'],
  [press('Z', 'cs'), false, 'Mod+Shift+Z', 'Ctrl+Shift+Z', 'CmdOrCtrl+Shift+Z'],
  [press('z', 'ms'), true, 'Mod+Shift+Z', '⇧⌘Z', 'CmdOrCtrl+Shift+Z'],
  [press('f', 'cm'), true, 'Mod+Ctrl+F', '⌃⌘F', 'CmdOrCtrl+Ctrl+F'],
  [press('F5', 's'), false, 'Shift+F5', 'Shift+F5', 'Shift+F5'],
  [press('ArrowUp', 'a'), false, 'Alt+ArrowUp', 'Alt+↑', 'Alt+Up'],
  [press('?', 's'), false, '?', '?', '?'],
  [press('+', 'cs'), false, 'Mod++', 'Ctrl++', 'CmdOrCtrl+Plus'],
  [press(' '), false, 'Space', 'Space', 'Space'],
])('%j on a Mac: %s is %s', (pressed, mac, chord, text, accelerator) => {
  expect(chordOf(pressed, mac)).toBe(chord);
  expect(chordText(chord, mac)).toBe(text);
  expect(acceleratorOf(chord)).toBe(accelerator);
});

test('modifiers alone are no chord', () => {
  expect(chordOf(press('Shift', 's'))).toBeNull();
  expect(chordOf(press('Control', 'c'))).toBeNull();
});

const keymap = { undo: ['Mod+Z'], redo: ['Mod+Y', 'Mod+Shift+Z'], fit: ['F'], about: [] };

test.each([
  ['undo', 'Mod+Y', 'redo'],
  ['redo', 'Mod+Y', null],
  ['fit', 'Mod+Q', null],
])('%s would take %s from %s', (id, chord, holder) => {
  expect(holderOf(keymap, id, chord)).toBe(holder);
});

test.each([
  ['in the place of another', 'fit', 'F', 'G', { fit: ['G'] }],
  ['besides others', 'fit', null, 'G', { fit: ['F', 'G'] }],
  ['where there was none', 'about', null, 'G', { about: ['G'] }],
  ['taken over', 'fit', 'F', 'Mod+Y', { fit: ['Mod+Y'], redo: ['Mod+Shift+Z'] }],
  ['one that it has', 'redo', 'Mod+Y', 'Mod+Shift+Z', { redo: ['Mod+Shift+Z'] }],
])('a new chord %s', (_, id, old, chord, changed) => {
  expect(rebind(keymap, id, old, chord)).toEqual(changed);
});
