import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode, RefObject } from 'react';
import { useWords } from '../i18n/i18n.ts';
import { Icon } from '../icons/Icon.tsx';
import button from './Button.module.css';
import css from './Surface.module.css';

interface Props {
  readonly title: string;
  readonly open: boolean;
  readonly children: ReactNode;
  /** `top` has no visible heading and hangs below the title bar, for a search field. */
  readonly look?: 'window' | 'top';
  /** Element that gets the focus first; by default the first focusable one. */
  readonly focus?: RefObject<HTMLElement | null>;
  /** Element that gets the focus after closing; by default, and for null, the one that had it before. */
  focusAfter?(): HTMLElement | null;
  onClose(): void;
}

/** A surface over the window, which stays usable. Escape, the close button and a press outside close it. */
export function Dialog({ title, open, children, look = 'window', focus, focusAfter, onClose }: Props) {
  const { say } = useWords();
  return (
    <Base.Root open={open} modal={false} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Popup
          initialFocus={focus}
          finalFocus={focusAfter && (() => focusAfter() ?? true)}
          className={`${css.dialog} ${css[look]}`}
        >
          <div className={look === 'top' ? css.hiddenHead : css.head}>
            <Base.Title className={css.title}>{title}</Base.Title>
            {look === 'window' && (
              <Base.Close className={`${button.button} ${button.iconOnly}`} aria-label={say('controls.close')}>
                <Icon name="close" />
              </Base.Close>
            )}
          </div>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
