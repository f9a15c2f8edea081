import type { DesktopArgs } from '../../../src/desktopCalls.ts';
import type { Key } from '../../ui/i18n/i18n.ts';

export const commandGroups = ['file', 'edit', 'arrange', 'view', 'run', 'help'] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** A command: one action for its key, menu entry, button and entry of the command palette. */
export interface Command {
  readonly title: Key;
  /** Explains the title: second line of a menu entry, tooltip in the command palette. */
  readonly hint?: Key;
  readonly group: CommandGroup;
  /** Default chords (keymap.ts); the first one is displayed. */
  readonly keys?: readonly string[];
  /** The keys also work in a text field, except those that the field uses itself. */
  readonly whileTyping?: boolean;
  /** The keys work only while the canvas has the focus and the command is enabled. */
  readonly onCanvas?: boolean;
  /** Runs instead of `run` while the user edits a text. */
  readonly text?: DesktopArgs<'editText'>[0];
  /** True if the command can run now; shown in menus and checked before it runs. */
  enabled?(): boolean;
  /** For one of several choices: true for the current one. */
  checked?(): boolean;
  /** Reason why it is disabled. */
  readonly needs?: Key;
  run(): unknown;
}

/** All commands of the window by id, declared in shell/commands/commandTable.ts. */
// biome-ignore lint/suspicious/noEmptyInterface: declaration merging names the commands without importing them
export interface CommandTable {}
export type CommandId = keyof CommandTable;

/** A view that lies over the canvas. */
export interface Cover {
  /** A panel has its own undo and shows the run; it covers the canvas only. */
  readonly isPanel?: boolean;
  isOpen(): boolean;
  close(): void;
}

export type Commands = Readonly<Record<string, Command>>;
