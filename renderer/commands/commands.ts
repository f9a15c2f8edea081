import { version } from '../../package.json';
import type { MenuCommand } from '../../src/protocol.ts';
import { canvas } from '../canvas/canvasHandle.ts';
import { useUi } from '../stores/stores.ts';
import { deleteSelection, redo, selectAll, undo } from './editCommands.ts';
import { exportOnnx, newFile, openFile, saveFile } from './fileCommands.ts';
import { stepRun, stopRun, trainOrPause } from './runCommands.ts';

const commands: Readonly<Record<MenuCommand, () => unknown>> = {
  new: newFile,
  open: openFile,
  save: () => saveFile(false),
  saveAs: () => saveFile(true),
  export: exportOnnx,
  undo,
  redo,
  train: trainOrPause,
  step: stepRun,
  stop: stopRun,
  fit: () => canvas.current?.fit(),
  dock: () => useUi.getState().togglePanel('dock'),
  about: () => useUi.getState().notify({ tone: 'info', message: { key: 'app.about', values: { version } } }),
};

/** Runs a command of the menu, a key or a button; a failure that has no words of its own goes to the console. */
export function runCommand(command: MenuCommand): void {
  Promise.resolve(commands[command]()).catch(console.error);
}

const withControl: Readonly<Record<string, MenuCommand>> = {
  n: 'new',
  o: 'open',
  s: 'save',
  e: 'export',
  z: 'undo',
  y: 'redo',
  j: 'dock',
};

function commandOf({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): MenuCommand | null {
  if (altKey) return null;
  if (key === 'F5') return shiftKey ? 'stop' : 'train';
  if (key === 'F10') return 'step';
  if (!ctrlKey && !metaKey) return key.toLowerCase() === 'f' ? 'fit' : null;
  const command = withControl[key.toLowerCase()] ?? null;
  if (shiftKey) return command === 'undo' ? 'redo' : command === 'save' ? 'saveAs' : null;
  return command;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;

/** Keys belong to the page, not to the menu: in a text field, undo, delete and letters are the field's own. */
export function listenToKeys(): void {
  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented) return;
    const typing = isTyping(event.target);
    const command = commandOf(event);
    if (command !== null) {
      if (typing && (command === 'undo' || command === 'redo' || command === 'fit')) return;
      event.preventDefault();
      runCommand(command);
    } else if (!typing && (event.key === 'Delete' || event.key === 'Backspace')) {
      event.preventDefault();
      deleteSelection();
    } else if (!typing && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') {
      event.preventDefault();
      selectAll();
    }
  });
}
