import { Menu } from '@base-ui/react/menu';
import { create } from 'zustand';
import css from './Menu.module.css';
import { MenuLines } from './MenuLines.tsx';
import type { MenuEntry } from './menuEntry.ts';

interface ContextMenuState {
  readonly open: boolean;
  readonly label: string;
  /** In pixels of the window. */
  readonly at: { readonly x: number; readonly y: number };
  readonly entries: readonly MenuEntry[];
}

const useContextMenu = create<ContextMenuState>()(() => ({ open: false, label: '', at: { x: 0, y: 0 }, entries: [] }));

/** Opens the window's only context menu with its corner at a point; the focus returns when it closes. */
export function openContextMenu(label: string, at: ContextMenuState['at'], entries: readonly MenuEntry[]): void {
  useContextMenu.setState({ open: true, label, at, entries });
}

/** Mounted once, at the root of the app. */
export function ContextMenu() {
  const { open, label, at, entries } = useContextMenu();
  const anchor = { getBoundingClientRect: () => new DOMRect(at.x, at.y, 0, 0) };
  return (
    <Menu.Root modal={false} open={open} onOpenChange={(next) => useContextMenu.setState({ open: next })}>
      <Menu.Portal>
        <Menu.Positioner
          // A new position mounts a new menu.
          key={`${at.x} ${at.y}`}
          className={css.positioner}
          anchor={anchor}
          align="start"
          side="bottom"
        >
          <MenuLines label={label} entries={entries} />
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
