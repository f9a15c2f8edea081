import { isTyping } from '../../ui/keys/typing.ts';
import { callDesktop } from '../desktop/desktop.ts';
import { useUi } from '../stores/stores.ts';
import type { Command, CommandId, Commands, Cover } from './command.ts';
import { type Chord, chordOf, chordText } from './keymap.ts';

let commands: Commands = {};
let covers: readonly Cover[] = [];

/** Gives keys, menus, buttons and the command palette their commands, and the views behind which the canvas is not seen. */
export function provideCommands(table: Commands, over: readonly Cover[]): void {
  commands = table;
  covers = over;
}

export const commandIds = (): readonly CommandId[] => Object.keys(commands) as CommandId[];

/** Throws for a command that was not provided: a fault of the program. */
export function commandOf(id: CommandId): Command {
  const command = commands[id];
  if (command === undefined) throw new Error(`There is no command '${id}'`);
  return command;
}

/** The chords of a command: the user's own, else the defaults. */
export const keysOf = (id: CommandId, own = useUi.getState().keys): readonly Chord[] =>
  own[id] ?? commandOf(id).keys ?? [];

/** The first chord as it is written beside the command; empty when there is none. */
export function keysText(id: CommandId): string {
  const [chord] = keysOf(id);
  return chord === undefined ? '' : chordText(chord);
}

/** The drawing is not seen behind a cover: a key there must not change it, and a command from elsewhere closes the cover. */
function isCovered(id: CommandId): boolean {
  const { group, onCanvas } = commandOf(id);
  const open = covers.filter((cover) => cover.isOpen());
  if (onCanvas === true || group === 'arrange') return open.length > 0;
  return (group === 'edit' || group === 'run') && open.some(({ isPanel }) => isPanel !== true);
}

/** Closes all that lies over the canvas. */
export function uncover(): void {
  for (const cover of covers) cover.close();
}

/** Runs a command of the menu, a key or a button; a failure that has no words of its own goes to the console. */
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

/** A command by an id from outside; one that does not exist does nothing. */
export function runCommandNamed(id: string): void {
  if (Object.hasOwn(commands, id)) runCommand(id as CommandId);
}

/** The network itself, or no place in particular; not the buttons over it. */
const isOnCanvas = (target: EventTarget | null): boolean =>
  target === document.body ||
  (target instanceof Element &&
    target.closest('button, [role=dialog], [data-keys]')?.matches('[data-keys=canvas]') === true);

/** True where the keys of a command apply while `target` has the focus. */
function answers(id: CommandId, chord: Chord, target: EventTarget | null): boolean {
  const { whileTyping, onCanvas, enabled } = commandOf(id);
  if (isCovered(id)) return false;
  // A key that types a character is left to the field.
  if (isTyping(target)) return whileTyping === true && chord.length > 1;
  return !onCanvas || (isOnCanvas(target) && enabled?.() !== false);
}

/** Keys belong to the page, not to the menu: in a text field, undo, delete and letters are the field's own. */
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
    runCommand(id);
  });
}
