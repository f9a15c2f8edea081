import { type KeyboardEvent, useState } from 'react';
import { type Chord, chordOf } from '../../state/commands/keymap.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './KeysDialog.module.css';

interface Props {
  readonly label: string;
  /** What it shows while it does not listen. */
  readonly words: string;
  onChord(chord: Chord): void;
  onRemove?(): void;
}

/** Pressed, it listens: the next chord is the new one. Escape and Tab leave it, so that nobody is caught in it. */
export function ChordButton({ label, words, onChord, onRemove }: Props) {
  const { say } = useWords();
  const [listening, setListening] = useState(false);

  function onKeyDown(event: KeyboardEvent): void {
    if (!listening) return;
    const chord = chordOf(event);
    if (chord === 'Tab' || chord === 'Shift+Tab') {
      setListening(false);
      return;
    }
    // Neither the dialog nor a command gets it.
    event.preventDefault();
    event.stopPropagation();
    if (chord === null) return;
    setListening(false);
    if (chord !== 'Escape') onChord(chord);
  }

  return (
    <>
      <button
        type="button"
        className={listening ? `${css.chord} ${css.listening}` : css.chord}
        aria-label={listening ? say('keys.press') : label}
        title={label}
        onClick={() => setListening(true)}
        onKeyDown={onKeyDown}
        onBlur={() => setListening(false)}
      >
        {listening ? say('keys.press') : words}
      </button>
      {listening && onRemove && (
        <button
          type="button"
          className={css.chord}
          // Before the button beside it loses the focus and with it this one.
          onPointerDown={(event) => event.preventDefault()}
          onClick={onRemove}
        >
          {say('keys.remove')}
        </button>
      )}
    </>
  );
}
