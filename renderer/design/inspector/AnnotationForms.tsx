import { type ReactNode, useId } from 'react';
import { type Frame, frameColors, type Note, oneLine } from '../../../src/graph/document.ts';
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
        <Colors
          chosen={frame.colour}
          onChoose={(color) => useDocument.getState().edit([{ kind: 'setFrame', frame: { ...frame, colour: color } }])}
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
          <Colors
            chosen={alike ? first.colour : undefined}
            onChoose={(color) =>
              useDocument
                .getState()
                .edit(frames.map((frame) => ({ kind: 'setFrame', frame: { ...frame, colour: color } })))
            }
          />
        </div>
      )}
      <Remove label={say('annotation.removeAll')} onRemove={() => remove(ids)} />
    </>
  );
}

interface ColorsProps {
  readonly chosen: Frame['colour'] | undefined;
  onChoose(color: Frame['colour']): void;
}

function Colors({ chosen, onChoose }: ColorsProps): ReactNode {
  const { say } = useWords();
  const id = useId();
  return (
    <div className={rows.row}>
      <span className={rows.label} id={id}>
        {say('frame.color')}
      </span>
      <div role="radiogroup" aria-labelledby={id} className={css.swatches}>
        {frameColors.map((color) => (
          <input
            key={color}
            type="radio"
            name={id}
            className={css.swatch}
            style={{ backgroundColor: `var(--frame-${color})` }}
            aria-label={say(`color.${color}`)}
            title={say(`color.${color}`)}
            checked={color === chosen}
            onChange={() => onChoose(color)}
          />
        ))}
      </div>
    </div>
  );
}
