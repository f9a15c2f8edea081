import { Popover as Base } from '@base-ui/react/popover';
import { type ReactNode, useState } from 'react';
import type { IconName } from '../icons/Icon.tsx';
import { opener } from './opener.tsx';
import css from './Surface.module.css';

interface Props {
  /** Name of both the button and the popover. */
  readonly label: string;
  readonly icon?: IconName;
  readonly look?: 'plain' | 'outlined';
  /** Content of the button; by default the label. */
  readonly trigger?: ReactNode;
  /** Content of the popover; `close` closes it. */
  children(close: () => void): ReactNode;
}

/** A button that opens a small surface beside itself; Escape or a press elsewhere closes it. */
export function Popover({ label, icon, look = 'plain', trigger, children }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Base.Root open={open} onOpenChange={setOpen}>
      <Base.Trigger {...opener({ label, icon, look, shown: trigger })} />
      <Base.Portal>
        <Base.Positioner className={css.positioner} sideOffset={6} align="end">
          <Base.Popup className={css.popover} aria-label={label}>
            {children(() => setOpen(false))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
