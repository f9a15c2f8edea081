import { useState } from 'react';
import type { CommandId } from '../../state/commands/command.ts';
import { commandIds, commandOf, keysOf } from '../../state/commands/commands.ts';
import { type Chord, chordText, holderOf, type Keymap, rebind } from '../../state/commands/keymap.ts';
import { useUi } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { ChordButton } from './ChordButton.tsx';
import css from './KeysDialog.module.css';

const keymap = (): Keymap => Object.fromEntries(commandIds().map((id) => [id, keysOf(id)]));

/** Stores the chords of a command; default chords are not stored. */
function setKeys(id: string, chords: readonly Chord[]): void {
  const defaults = commandOf(id as CommandId).keys ?? [];
  const same = chords.length === defaults.length && chords.every((chord, index) => chord === defaults[index]);
  useUi.getState().setKeys(id, same ? null : chords);
}

interface KeyConflict {
  /** The chord to replace; null adds one. */
  readonly old: Chord | null;
  readonly chord: Chord;
  readonly holder: CommandId;
}

/** A command and its keys. Taking over another command's chord needs a confirmation. */
export function CommandKeys({ id }: { readonly id: CommandId }) {
  const { say } = useWords();
  const own = useUi((state) => state.keys[id]);
  const [wanted, setWanted] = useState<KeyConflict | null>(null);
  const title = say(commandOf(id).title);
  const chords = own ?? commandOf(id).keys ?? [];

  function bind(old: Chord | null, chord: Chord): void {
    for (const [changed, keys] of Object.entries(rebind(keymap(), id, old, chord))) setKeys(changed, keys);
    setWanted(null);
  }
  function record(old: Chord | null, chord: Chord): void {
    if (chord === old) return;
    const holder = holderOf(keymap(), id, chord) as CommandId | null;
    if (holder === null) bind(old, chord);
    else setWanted({ old, chord, holder });
  }
  const remove = (chord: Chord): void =>
    setKeys(
      id,
      chords.filter((each) => each !== chord),
    );

  return (
    <div className={css.row}>
      <span className={css.title}>{title}</span>
      {chords.map((chord) => (
        <ChordButton
          key={chord}
          label={say('keys.change', { keys: chordText(chord), command: title })}
          words={chordText(chord)}
          onChord={(next) => record(chord, next)}
          onRemove={() => remove(chord)}
        />
      ))}
      <ChordButton label={say('keys.add', { command: title })} words="+" onChord={(next) => record(null, next)} />
      {own !== undefined && (
        <Button
          label={say('keys.resetOne', { command: title })}
          hint={say('keys.resetOne', { command: title })}
          onClick={() => useUi.getState().setKeys(id, null)}
        >
          {say('keys.reset')}
        </Button>
      )}
      {wanted && (
        <div className={css.conflict} role="alert">
          <span>
            {say('keys.taken', { keys: chordText(wanted.chord), command: say(commandOf(wanted.holder).title) })}
          </span>
          <Button look="outlined" label={say('keys.take')} onClick={() => bind(wanted.old, wanted.chord)}>
            {say('keys.take')}
          </Button>
          <Button label={say('keys.keep')} onClick={() => setWanted(null)}>
            {say('keys.keep')}
          </Button>
        </div>
      )}
    </div>
  );
}
