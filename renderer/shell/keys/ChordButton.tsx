import { type KeyboardEvent, useState } from 'react';
import { type Chord, chordOf } from '../../state/commands/keymap.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './KeysDialog.module.css';

interface Props {
  readonly label: string;
  /** Label of the button while it is not recording. */
  readonly words: string;
  onChord(chord: Chord): void;
  onRemove?(): void;
}

/** A pressed button records the next chord. Escape and Tab end the recording, so that keyboard users can leave it. */
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
    // The chord must reach neither the dialog nor a command.
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
          // Otherwise the button beside it loses the focus, which unmounts this one before the click.
          onPointerDown={(event) => event.preventDefault()}
          onClick={onRemove}
        >
          {say('keys.remove')}
        </button>
      )}
    </>
  );
}
