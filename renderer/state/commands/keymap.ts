/**
 * A chord like `Mod+Shift+Z`, `F5`, `Alt+ArrowUp` or `?`: modifiers in the order Mod, Ctrl, Alt, Shift, then
 * `KeyboardEvent.key`, with letters in upper case. `Mod` is Command on a Mac and Ctrl elsewhere; `Ctrl` is used on a
 * Mac only. Shift is left out if it is part of the character (`?`, `+`).
 */
export type Chord = string;

const isMac = (globalThis.navigator?.userAgent ?? '').includes('Mac');

interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const modifierKeys: ReadonlySet<string> = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock']);

/** The chord of a key press; null while only modifiers are pressed. */
export function chordOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress, mac = isMac): Chord | null {
  if (modifierKeys.has(key) || key === 'Dead' || key === 'Process' || key === 'Unidentified') return null;
  const name = key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : key;
  const isCharacter = name.length === 1 && name === name.toLowerCase();
  return [
    ...((mac ? metaKey : ctrlKey) ? ['Mod'] : []),
    ...(mac && ctrlKey ? ['Ctrl'] : []),
    ...(altKey ? ['Alt'] : []),
    ...(shiftKey && !isCharacter ? ['Shift'] : []),
    name,
  ].join('+');
}

const partsOf = (chord: Chord): { readonly modifiers: readonly string[]; readonly key: string } => {
  // The key itself may be a plus sign.
  const at = chord.lastIndexOf('+', chord.length - 2);
  return { modifiers: at < 0 ? [] : chord.slice(0, at).split('+'), key: chord.slice(at + 1) };
};

const names: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Delete: 'Del',
};
const macModifiers: Readonly<Record<string, string>> = { Mod: '⌘', Ctrl: '⌃', Alt: '⌥', Shift: '⇧' };

/** Display text of a chord: `Ctrl+Shift+Z`, on a Mac `⇧⌘Z`. */
export function chordText(chord: Chord, mac = isMac): string {
  const { modifiers, key } = partsOf(chord);
  const name = names[key] ?? key;
  if (!mac) return [...modifiers.map((modifier) => (modifier === 'Mod' ? 'Ctrl' : modifier)), name].join('+');
  return ['Ctrl', 'Alt', 'Shift', 'Mod'].map((m) => (modifiers.includes(m) ? macModifiers[m] : '')).join('') + name;
}

/** A chord in Electron's accelerator syntax. */
export function acceleratorOf(chord: Chord): string {
  const { modifiers, key } = partsOf(chord);
  const name = key.startsWith('Arrow') ? key.slice('Arrow'.length) : key === '+' ? 'Plus' : key;
  return [...modifiers.map((modifier) => (modifier === 'Mod' ? 'CmdOrCtrl' : modifier)), name].join('+');
}

/** The chords of each command, by id. */
export type Keymap = Readonly<Record<string, readonly Chord[]>>;

/** Id of the other command with the chord, otherwise null. */
export const holderOf = (keymap: Keymap, id: string, chord: Chord): string | null =>
  Object.keys(keymap).find((other) => other !== id && keymap[other]?.includes(chord)) ?? null;

/**
 * The changed entries after command `id` gets `chord` instead of `old` (or in addition, if `old` is null): its own
 * entry and that of the command that had `chord` before.
 */
export function rebind(keymap: Keymap, id: string, old: Chord | null, chord: Chord): Keymap {
  const own = keymap[id] ?? [];
  const added = old === null ? [...own, chord] : own.map((each) => (each === old ? chord : each));
  const changed: Record<string, readonly Chord[]> = { [id]: [...new Set(added)] };
  for (const [other, chords] of Object.entries(keymap)) {
    if (other !== id && chords.includes(chord)) changed[other] = chords.filter((each) => each !== chord);
  }
  return changed;
}
