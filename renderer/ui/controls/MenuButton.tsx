import { Menu } from '@base-ui/react/menu';
import type { ReactNode } from 'react';
import type { IconName } from '../icons/Icon.tsx';
import css from './Menu.module.css';
import { MenuLines } from './MenuLines.tsx';
import type { MenuEntry } from './menuEntry.ts';
import { opener } from './opener.tsx';

interface Props {
  /** Name for screen readers and the tooltip; shown when there are neither children nor an icon. */
  readonly label: string;
  readonly icon?: IconName;
  readonly children?: ReactNode;
  readonly look?: 'plain' | 'outlined' | 'filled';
  /** Called each time the menu opens. */
  entries(): readonly MenuEntry[];
}

/** A button that opens a menu below itself. */
export function MenuButton({ label, icon, children, look = 'plain', entries }: Props) {
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger {...opener({ label, icon, look, shown: children })} />
      <Menu.Portal>
        <Menu.Positioner className={css.positioner} sideOffset={4} align="start">
          <MenuNow label={label} entries={entries} />
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** Mounted when the menu opens, so that the entries are current. */
function MenuNow({ label, entries }: Pick<Props, 'label' | 'entries'>) {
  return <MenuLines label={label} entries={entries()} />;
}
