import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { frameColors, oneLine } from '../../../../src/graph/document.ts';
import { elementOf } from '../../../state/levels/focusItem.ts';
import { useDocument } from '../../../state/stores/stores.ts';
import { useWords } from '../../../ui/i18n/i18n.ts';
import { useGesture } from '../gestures/gesture.ts';
import css from './Annotations.module.css';
import { MIN_SIZE } from './annotate.ts';
import type { FrameFlowNode } from './annotationsFlow.ts';
import { ResizeCorners } from './ResizeCorners.tsx';

const edges = ['top', 'right', 'bottom', 'left'] as const;

/** A titled area behind the layers. It is dragged by its title and edges; a press inside is a press on the canvas. */
export const FrameNode = memo(function FrameNode({ id, data: { frame }, selected }: NodeProps<FrameFlowNode>) {
  const { say } = useWords();
  const editing = useGesture((state) => state.editing === id);
  const { transient, commit, edit } = useDocument.getState();
  const finish = (): void => {
    commit();
    useGesture.setState({ editing: null });
  };
  return (
    <div className={[css.frame, css[frame.colour], selected && css.selected].filter(Boolean).join(' ')}>
      {edges.map((edge) => (
        <span key={edge} data-drag="" data-edge={edge} className={css.edge} />
      ))}
      {editing ? (
        <input
          className={`${css.titleField} nodrag nopan`}
          aria-label={say('frame.title')}
          value={frame.title}
          // biome-ignore lint/a11y/noAutofocus: the user has just started editing
          autoFocus
          onFocus={({ target }) => target.select()}
          onChange={({ target }) =>
            transient([{ kind: 'setFrame', frame: { ...frame, title: oneLine(target.value) } }])
          }
          onBlur={finish}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key !== 'Escape' && event.key !== 'Enter') return;
            finish();
            elementOf(id)?.focus({ preventScroll: true });
          }}
        />
      ) : (
        // Enter does the same.
        // biome-ignore lint/a11y/noStaticElementInteractions: mouse shortcut for a command with a key
        <span
          data-drag=""
          className={[css.title, frame.title === '' && css.empty].filter(Boolean).join(' ')}
          onDoubleClick={() => useGesture.setState({ editing: id })}
        >
          {frame.title === '' ? say('frame.untitled') : frame.title}
        </span>
      )}
      {selected && (
        <>
          <fieldset className={`${css.colors} nodrag nopan`} aria-label={say('frame.color')}>
            {frameColors.map((color) => (
              <button
                key={color}
                type="button"
                aria-pressed={color === frame.colour}
                aria-label={say(`frame.${color}`)}
                title={say(`frame.${color}`)}
                className={`${css.swatch} ${css[color]}`}
                onClick={() => edit([{ kind: 'setFrame', frame: { ...frame, colour: color } }])}
              />
            ))}
          </fieldset>
          <ResizeCorners
            position={frame.position}
            size={frame.size}
            least={MIN_SIZE.frame}
            onResize={(place) => transient([{ kind: 'setFrame', frame: { ...frame, ...place } }])}
          />
        </>
      )}
    </div>
  );
});
