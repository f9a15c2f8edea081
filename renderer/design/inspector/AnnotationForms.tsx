import { type ReactNode, useId } from 'react';
import { type Frame, frameColours, type Note, oneLine } from '../../../src/graph/document.ts';
import type { Edit } from '../../../src/graph/edits.ts';
import { useDocument } from '../../state/stores/stores.ts';
import rows from '../../ui/fields/FieldRow.module.css';
import { useWords } from '../../ui/i18n/i18n.ts';
import { Remove } from './EdgeForm.tsx';
import css from './Inspector.module.css';
import { WrittenText } from './WrittenText.tsx';

const transient = (edit: Edit) => useDocument.getState().transient([edit]);
const remove = (ids: readonly string[]) => useDocument.getState().edit([{ kind: 'removeAnnotations', ids }]);

/** A note: its text. */
export function NoteForm({ note }: { readonly note: Note }) {
  const { say } = useWords();
  return (
    <>
      <h1 className={css.title}>{say('note.title')}</h1>
      <WrittenText
        lines={8}
        label={say('note.text')}
        value={note.text}
        onChange={(text) => transient({ kind: 'setNote', note: { ...note, text } })}
      />
      <Remove label={say('note.remove')} onRemove={() => remove([note.id])} />
    </>
  );
}

/** A frame: title and color. */
export function FrameForm({ frame }: { readonly frame: Frame }) {
  const { say } = useWords();
  return (
    <>
      <h1 className={css.title}>{say('frame.title')}</h1>
      <div className={css.fields}>
        <WrittenText
          label={say('frame.name')}
          value={frame.title}
          onChange={(title) => transient({ kind: 'setFrame', frame: { ...frame, title: oneLine(title) } })}
        />
        <Colours
          chosen={frame.colour}
          onChoose={(colour) => useDocument.getState().edit([{ kind: 'setFrame', frame: { ...frame, colour } }])}
        />
      </div>
      <Remove label={say('frame.remove')} onRemove={() => remove([frame.id])} />
    </>
  );
}

/** Several notes and frames: one color for all frames. */
export function AnnotationsForm({
  ids,
  frames,
}: {
  readonly ids: readonly string[];
  readonly frames: readonly Frame[];
}) {
  const { say } = useWords();
  const [first] = frames;
  const alike = frames.every(({ colour }) => colour === first?.colour);
  return (
    <>
      <h1 className={css.title}>{say('annotation.selected', { count: ids.length })}</h1>
      {first && (
        <div className={css.fields}>
          <Colours
            chosen={alike ? first.colour : undefined}
            onChoose={(colour) =>
              useDocument.getState().edit(frames.map((frame) => ({ kind: 'setFrame', frame: { ...frame, colour } })))
            }
          />
        </div>
      )}
      <Remove label={say('annotation.removeAll')} onRemove={() => remove(ids)} />
    </>
  );
}

interface ColoursProps {
  readonly chosen: Frame['colour'] | undefined;
  onChoose(colour: Frame['colour']): void;
}

function Colours({ chosen, onChoose }: ColoursProps): ReactNode {
  const { say } = useWords();
  const id = useId();
  return (
    <div className={rows.row}>
      <span className={rows.label} id={id}>
        {say('frame.colour')}
      </span>
      <div role="radiogroup" aria-labelledby={id} className={css.swatches}>
        {frameColours.map((colour) => (
          <input
            key={colour}
            type="radio"
            name={id}
            className={css.swatch}
            style={{ backgroundColor: `var(--frame-${colour})` }}
            aria-label={say(`colour.${colour}`)}
            title={say(`colour.${colour}`)}
            checked={colour === chosen}
            onChange={() => onChoose(colour)}
          />
        ))}
      </div>
    </div>
  );
}
