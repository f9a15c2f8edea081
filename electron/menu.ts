import { type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../src/protocol.ts';
import type { Language } from '../src/text.ts';
import { texts } from './texts.ts';

/**
 * The application menu in one language. Keys are handled by the page, which knows whether a text is being edited; the
 * menu shows them.
 */
export function installMenu(window: BrowserWindow, language: Language, send: (command: MenuCommand) => void): void {
  const words = texts[language];
  const item = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
    click: () => {
      if (!window.isDestroyed()) send(command);
    },
  });
  const line: MenuItemConstructorOptions = { type: 'separator' };
  const template: MenuItemConstructorOptions[] = [
    {
      label: words.file,
      submenu: [
        item(words.new, 'new', 'CmdOrCtrl+N'),
        item(words.open, 'open', 'CmdOrCtrl+O'),
        line,
        item(words.save, 'save', 'CmdOrCtrl+S'),
        item(words.saveAs, 'saveAs', 'CmdOrCtrl+Shift+S'),
        line,
        item(words.export, 'export', 'CmdOrCtrl+E'),
        line,
        { label: words.quit, role: 'quit' },
      ],
    },
    {
      label: words.edit,
      submenu: [
        item(words.undo, 'undo', 'CmdOrCtrl+Z'),
        item(words.redo, 'redo', 'CmdOrCtrl+Shift+Z'),
        line,
        { label: words.cut, role: 'cut' },
        { label: words.copy, role: 'copy' },
        { label: words.paste, role: 'paste' },
        { label: words.selectAll, role: 'selectAll' },
      ],
    },
    {
      label: words.view,
      submenu: [
        item(words.fit, 'fit', 'F'),
        item(words.dock, 'dock', 'CmdOrCtrl+J'),
        line,
        { label: words.zoomIn, role: 'zoomIn' },
        { label: words.zoomOut, role: 'zoomOut' },
        { label: words.resetZoom, role: 'resetZoom' },
        { label: words.fullScreen, role: 'togglefullscreen' },
      ],
    },
    {
      label: words.run,
      submenu: [
        item(words.train, 'train', 'F5'),
        item(words.step, 'step', 'F10'),
        item(words.stop, 'stop', 'Shift+F5'),
      ],
    },
    { label: words.help, submenu: [item(words.about, 'about')] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
