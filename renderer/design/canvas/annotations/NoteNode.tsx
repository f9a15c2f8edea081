import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { elementOf } from '../../../state/levels/focusItem.ts';
import { useDocument } from '../../../state/stores/stores.ts';
import { useWords } from '../../../ui/i18n/i18n.ts';
import { useGesture } from '../gestures/gesture.ts';
import css from './Annotations.module.css';
import { MIN_SIZE } from './annotate.ts';
import type { NoteFlowNode } from './annotationsFlow.ts';
import { ResizeCorners } from './ResizeCorners.tsx';

/** A note on the canvas; a double click or Enter edits its text. */
export const NoteNode = memo(function NoteNode({ id, data: { note }, selected }: NodeProps<NoteFlowNode>) {
  const { say } = useWords();
  const editing = useGesture((state) => state.editing === id);
  const { transient, commit } = useDocument.getState();
  const finish = (): void => {
    commit();
    useGesture.setState({ editing: null });
  };
  return (
    // Enter does the same.
    // biome-ignore lint/a11y/noStaticElementInteractions: mouse shortcut for a command with a key
    <div
      className={[css.note, selected && css.selected].filter(Boolean).join(' ')}
      onDoubleClick={() => useGesture.setState({ editing: id })}
    >
      {editing ? (
        <textarea
          className={`${css.text} nodrag nopan nowheel`}
          aria-label={say('note.words')}
          value={note.text}
          // biome-ignore lint/a11y/noAutofocus: the user has just started editing
          autoFocus
          onFocus={({ target }) => target.setSelectionRange(target.value.length, target.value.length)}
          onChange={({ target }) => transient([{ kind: 'setNote', note: { ...note, text: target.value } }])}
          onBlur={finish}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key !== 'Escape' && !(event.key === 'Enter' && (event.ctrlKey || event.metaKey))) return;
            finish();
            elementOf(id)?.focus({ preventScroll: true });
          }}
        />
      ) : (
        <p className={[css.text, note.text === '' && css.empty].filter(Boolean).join(' ')}>
          {note.text === '' ? say('note.empty') : note.text}
        </p>
      )}
      {selected && (
        <ResizeCorners
          position={note.position}
          size={note.size}
          least={MIN_SIZE.note}
          onResize={(place) => transient([{ kind: 'setNote', note: { ...note, ...place } }])}
        />
      )}
    </div>
  );
});
