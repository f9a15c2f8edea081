import { annotationCommands } from '../../design/commands/annotationCommands.ts';
import { arrangeCommands } from '../../design/commands/arrangeCommands.ts';
import { blockCommands } from '../../design/commands/blockCommands.ts';
import { canvasCommands } from '../../design/commands/canvasCommands.ts';
import { clipboardCommands } from '../../design/commands/clipboardCommands.ts';
import { editCommands } from '../../design/commands/editCommands.ts';
import { enterCommands, levelCommands } from '../../design/commands/levelCommands.ts';
import { pictureCommands } from '../../design/commands/pictureCommands.ts';
import { problemCommands } from '../../design/commands/problemCommands.ts';
import { tidyCommands } from '../../design/commands/tidyCommands.ts';
import { viewCommands } from '../../design/commands/viewCommands.ts';
import { compareCommands } from '../../shell/commands/compareCommands.ts';
import { fileCommands } from '../../shell/commands/fileCommands.ts';
import { paneCommands } from '../../shell/commands/paneCommands.ts';
import { surfaceCommands } from '../../shell/commands/surfaceCommands.ts';
import { doctorCommands } from '../../training/commands/doctorCommands.ts';
import { runCommands } from '../../training/commands/runCommands.ts';
import { runsCommands } from '../../training/commands/runsCommands.ts';
import { travelCommands } from '../../training/commands/travelCommands.ts';
import { useRunsView } from '../../training/runs/runsViewStore.ts';
import { isTyping } from '../../ui/keys/typing.ts';
import { callDesktop } from '../desktop/desktop.ts';
import { isComparing, useCompare } from '../stores/compareStore.ts';
import { useUi } from '../stores/stores.ts';
import type { Command } from './command.ts';
import { type Chord, chordOf, chordText } from './keymap.ts';

/** Everything the user can ask for. Keys, menus, buttons and the command palette all come from this list. */
export const commands = {
  ...fileCommands,
  ...pictureCommands,
  ...compareCommands,
  ...editCommands,
  ...enterCommands,
  ...canvasCommands,
  ...levelCommands,
  ...blockCommands,
  ...annotationCommands,
  ...arrangeCommands,
  ...tidyCommands,
  ...clipboardCommands,
  ...viewCommands,
  ...paneCommands,
  ...problemCommands,
  ...runCommands,
  ...runsCommands,
  ...travelCommands,
  ...doctorCommands,
  ...surfaceCommands,
};
export type CommandId = keyof typeof commands;

export const commandIds = Object.keys(commands) as readonly CommandId[];
export const commandOf = (id: CommandId): Command => commands[id];

/** The chords of a command: the user's own, else the defaults. */
export const keysOf = (id: CommandId, own = useUi.getState().keys): readonly Chord[] =>
  own[id] ?? commandOf(id).keys ?? [];

/** The first chord as it is written beside the command; empty when there is none. */
export function keysText(id: CommandId): string {
  const [chord] = keysOf(id);
  return chord === undefined ? '' : chordText(chord);
}

/** What is drawn is not seen behind the start page, a comparison or the runs: a key there must not change it, and what is asked for otherwise comes out. */
function isCovered(id: CommandId): boolean {
  const { group, onCanvas } = commandOf(id);
  return (
    (useUi.getState().startPage || isComparing() || useRunsView.getState().open) &&
    (onCanvas === true || group === 'edit' || group === 'arrange' || group === 'run')
  );
}

/** Runs a command of the menu, a key or a button; a failure that has no words of its own goes to the console. */
export function runCommand(id: CommandId): void {
  const { text, enabled, run } = commandOf(id);
  if (text !== undefined && isTyping(document.activeElement)) {
    callDesktop('editText', text).catch(console.error);
    return;
  }
  if (enabled?.() === false) return;
  if (isCovered(id)) {
    useUi.getState().showStartPage(false);
    useCompare.getState().close();
    useRunsView.getState().close();
  }
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

/** Whether a command's keys are meant while `target` has the focus. */
function answers(id: CommandId, chord: Chord, target: EventTarget | null): boolean {
  const { whileTyping, onCanvas, enabled } = commandOf(id);
  if (isCovered(id)) return false;
  // What makes a character stays the field's own.
  if (isTyping(target)) return whileTyping === true && chord.length > 1;
  return !onCanvas || (isOnCanvas(target) && enabled?.() !== false);
}

/** Keys belong to the page, not to the menu: in a text field, undo, delete and letters are the field's own. */
export function listenToKeys(): void {
  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented) return;
    const chord = chordOf(event);
    if (chord === null) return;
    const id = commandIds.find(
      (candidate) => keysOf(candidate).includes(chord) && answers(candidate, chord, event.target),
    );
    if (id === undefined) return;
    event.preventDefault();
    runCommand(id);
  });
}
