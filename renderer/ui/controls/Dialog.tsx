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
  /** `top` leaves out the heading and hangs below the title bar: for what is typed into at once. */
  readonly look?: 'window' | 'top';
  /** What takes the focus first; the first that can when absent. */
  readonly focus?: RefObject<HTMLElement | null>;
  /** What has the focus afterwards; without one, what had it before, which may be gone by then. */
  focusAfter?(): HTMLElement | null;
  onClose(): void;
}

/** A surface over the window that leaves the window usable: Escape, its button or a press outside closes it. */
export function Dialog({ title, open, children, look = 'window', focus, focusAfter, onClose }: Props) {
  const { say } = useWords();
  return (
    <Base.Root open={open} modal={false} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Popup initialFocus={focus} finalFocus={focusAfter} className={`${css.dialog} ${css[look]}`}>
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
