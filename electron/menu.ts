import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuItem } from '../src/protocol.ts';

function toElectron(item: MenuItem, choose: (command: string) => void): MenuItemConstructorOptions {
  switch (item.kind) {
    case 'command': {
      const { id, label, accelerator, enabled } = item;
      return {
        label,
        enabled,
        // Keys are handled by the page, which knows whether a text is being edited; the menu shows them.
        ...(accelerator === null ? {} : { accelerator, registerAccelerator: false }),
        click: () => choose(id),
      };
    }
    case 'role':
      return { role: item.role, label: item.label };
    case 'line':
      return { type: 'separator' };
    case 'submenu':
      return { label: item.label, submenu: item.items.map((inner) => toElectron(inner, choose)) };
    default:
      return item satisfies never;
  }
}

/** The menu as the page describes it; `choose` is told the command of a chosen item. */
export function installMenu(items: readonly MenuItem[], choose: (command: string) => void): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(items.map((item) => toElectron(item, choose))));
}
