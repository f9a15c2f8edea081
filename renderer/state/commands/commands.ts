import { isTyping } from '../../ui/keys/typing.ts';
import { callDesktop } from '../desktop/desktop.ts';
import { useUi } from '../stores/stores.ts';
import type { Command, CommandId, Commands, Cover } from './command.ts';
import { type Chord, chordOf, chordText } from './keymap.ts';

let commands: Commands = {};
let covers: readonly Cover[] = [];

/** Provides the commands for keys, menus, buttons and the command palette, and the views that cover the canvas. */
export function provideCommands(table: Commands, over: readonly Cover[]): void {
  commands = table;
  covers = over;
}

export const commandIds = (): readonly CommandId[] => Object.keys(commands) as CommandId[];

/** Throws for a command that was not provided, which is a programming error. */
export function commandOf(id: CommandId): Command {
  const command = commands[id];
  if (command === undefined) throw new Error(`There is no command '${id}'`);
  return command;
}

/** The chords of a command: the user's or the default ones. */
export const keysOf = (id: CommandId, own = useUi.getState().keys): readonly Chord[] =>
  own[id] ?? commandOf(id).keys ?? [];

/** Display text of the first chord; empty if there is none. */
export function keysText(id: CommandId): string {
  const [chord] = keysOf(id);
  return chord === undefined ? '' : chordText(chord);
}

/**
 * True if a view covers the canvas that the command edits: its keys then do nothing, and other ways to run it close the
 * view first.
 */
function isCovered(id: CommandId): boolean {
  const { group, onCanvas } = commandOf(id);
  const open = covers.filter((cover) => cover.isOpen());
  if (onCanvas === true || group === 'arrange') return open.length > 0;
  return (group === 'edit' || group === 'run') && open.some(({ isPanel }) => isPanel !== true);
}

/** Closes every view over the canvas. */
export function uncover(): void {
  for (const cover of covers) cover.close();
}

/** Runs a command of the menu, a key or a button. An unexpected failure goes to the console. */
export function runCommand(id: CommandId): void {
  const { text, enabled, run } = commandOf(id);
  if (text !== undefined && isTyping(document.activeElement)) {
    callDesktop('editText', text).catch(console.error);
    return;
  }
  if (enabled?.() === false) return;
  if (isCovered(id)) uncover();
  Promise.resolve(run()).catch(console.error);
}

/** Runs a command by an id from outside; an unknown id does nothing. */
export function runCommandNamed(id: string): void {
  if (Object.hasOwn(commands, id)) runCommand(id as CommandId);
}

/** True for the canvas and the page body; false for the buttons over the canvas. */
const isOnCanvas = (target: EventTarget | null): boolean =>
  target === document.body ||
  (target instanceof Element &&
    target.closest('button, [role=dialog], [data-keys]')?.matches('[data-keys=canvas]') === true);

/** True if the keys of a command apply while `target` has the focus. */
function answers(id: CommandId, chord: Chord, target: EventTarget | null): boolean {
  const { whileTyping, onCanvas, enabled } = commandOf(id);
  if (isCovered(id)) return false;
  // A key that types a character belongs to the field.
  if (isTyping(target)) return whileTyping === true && chord.length > 1;
  return !onCanvas || (isOnCanvas(target) && enabled?.() !== false);
}

/** The page handles keys, not the menu: in a text field, undo, delete and letters belong to the field. */
export function listenToKeys(): void {
  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented) return;
    const chord = chordOf(event);
    if (chord === null) return;
    const id = commandIds().find(
      (candidate) => keysOf(candidate).includes(chord) && answers(candidate, chord, event.target),
    );
    if (id === undefined) return;
    event.preventDefault();
    // The notices' own F6 listener ignores preventDefault.
    event.stopImmediatePropagation();
    runCommand(id);
  });
}
