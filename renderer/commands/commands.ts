import { isComparing, useCompare } from '../compare/compareStore.ts';
import { callDesktop } from '../desktop/desktop.ts';
import { isTyping } from '../keys/typing.ts';
import { useRunsView } from '../runs/runsViewStore.ts';
import { useUi } from '../stores/stores.ts';
import { annotationCommands } from './annotationCommands.ts';
import { arrangeCommands } from './arrangeCommands.ts';
import { blockCommands } from './blockCommands.ts';
import { canvasCommands } from './canvasCommands.ts';
import { clipboardCommands } from './clipboardCommands.ts';
import type { Command } from './command.ts';
import { compareCommands } from './compareCommands.ts';
import { doctorCommands } from './doctorCommands.ts';
import { editCommands } from './editCommands.ts';
import { fileCommands } from './fileCommands.ts';
import { type Chord, chordOf, chordText } from './keymap.ts';
import { enterCommands, levelCommands } from './levelCommands.ts';
import { paneCommands } from './paneCommands.ts';
import { pictureCommands } from './pictureCommands.ts';
import { problemCommands } from './problemCommands.ts';
import { runCommands } from './runCommands.ts';
import { runsCommands } from './runsCommands.ts';
import { surfaceCommands } from './surfaceCommands.ts';
import { tidyCommands } from './tidyCommands.ts';
import { travelCommands } from './travelCommands.ts';
import { viewCommands } from './viewCommands.ts';

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
