import { expect, test } from 'vitest';
import { acceleratorOf, chordOf, chordText } from './keymap.ts';

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
