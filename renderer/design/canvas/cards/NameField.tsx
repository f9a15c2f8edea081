import { useRef } from 'react';
import { oneLine } from '../../../../src/graph/document.ts';
import { useDocument } from '../../../state/stores/stores.ts';
import { useWords } from '../../../ui/i18n/i18n.ts';
import css from './LayerNode.module.css';
import { useNaming } from './naming.ts';

interface Props {
  readonly id: string;
  readonly name: string;
}

/** A layer's name, edited on its card. */
export function NameField({ id, name }: Props) {
  const { say } = useWords();
  const { stop } = useNaming.getState();
  // Removing the field also blurs it.
  const ended = useRef(false);
  const finish = (value: string | null) => {
    if (ended.current) return;
    ended.current = true;
    const written = oneLine(value ?? '').trim();
    if (written !== '') useDocument.getState().edit([{ kind: 'renameNode', node: id, name: written }]);
    stop();
  };
  return (
    <input
      // With these classes, React Flow leaves pointer and keys to the field.
      className={`${css.nameField} nodrag nopan`}
      aria-label={say('canvas.name')}
      defaultValue={name}
      // biome-ignore lint/a11y/noAutofocus: the user has just started renaming
      autoFocus
      onFocus={(event) => event.target.select()}
      onBlur={(event) => finish(event.target.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        const card = event.currentTarget.closest<HTMLElement>('.react-flow__node');
        finish(event.key === 'Enter' ? event.currentTarget.value : null);
        card?.focus();
      }}
    />
  );
}
