import type { DesktopArgs } from '../../../src/desktopCalls.ts';
import type { Key } from '../../ui/i18n/i18n.ts';

export const commandGroups = ['file', 'edit', 'arrange', 'view', 'run', 'help'] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** Something the user can ask for: by key, by menu, by button or from the command palette, always the same thing. */
export interface Command {
  readonly title: Key;
  /** Explains the title: a second line in the menus of the window, a tooltip in the command palette. */
  readonly hint?: Key;
  readonly group: CommandGroup;
  /** Default chords (keymap.ts): the first is the one shown. */
  readonly keys?: readonly string[];
  /** Its keys work while a text field has the focus, too: those that no field needs itself. */
  readonly whileTyping?: boolean;
  /** Its keys are the canvas's: they work while it has the focus, and only when there is something to do. */
  readonly onCanvas?: boolean;
  /** Runs instead of `run` while a text is edited. */
  readonly text?: DesktopArgs<'editText'>[0];
  /** True where it would do something now; shown in menus, and checked before it runs. */
  enabled?(): boolean;
  /** Of one of several choices: whether it is the present one. */
  checked?(): boolean;
  /** Reason why it is not enabled. */
  readonly needs?: Key;
  run(): unknown;
}

/** Every command of the window by its id: filled in where the commands are gathered (shell/commands/commandTable.ts). */
// biome-ignore lint/suspicious/noEmptyInterface: declaration merging names the commands without importing them
export interface CommandTable {}
export type CommandId = keyof CommandTable;

/** A view that lies over the canvas. */
export interface Cover {
  /** A panel has its own undo, and a run goes on in sight: it covers the drawing only. */
  readonly isPanel?: boolean;
  isOpen(): boolean;
  close(): void;
}

export type Commands = Readonly<Record<string, Command>>;
