import { useWords } from '../../../ui/i18n/i18n.ts';
import { Icon } from '../../../ui/icons/Icon.tsx';
import { setOpen } from '../scene/openBlocks.ts';
import css from './LayerNode.module.css';
import { hidePreview, previewSoon } from './preview.ts';

interface Props {
  readonly id: string;
  readonly name: string;
  readonly open: boolean;
}

/** Expands or collapses a block on the canvas. */
export function OpenCaret({ id, name, open }: Props) {
  const { say } = useWords();
  const label = say(open ? 'canvas.fold' : 'canvas.open', { name });
  return (
    <button
      type="button"
      // Not a tab stop, because Tab goes from card to card; the command has a key.
      tabIndex={-1}
      className={`${css.caret} nodrag nopan`}
      aria-label={label}
      aria-expanded={open}
      onClick={(event) => {
        event.stopPropagation();
        hidePreview();
        setOpen([id], !open);
      }}
      {...(!open && {
        onPointerEnter: () => previewSoon(id),
        onPointerLeave: hidePreview,
        onFocus: () => previewSoon(id),
        onBlur: hidePreview,
      })}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <Icon name={open ? 'up' : 'down'} size={14} />
    </button>
  );
}
