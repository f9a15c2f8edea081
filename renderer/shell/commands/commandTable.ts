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
import { doctorCommands } from '../../training/commands/doctorCommands.ts';
import { fineTuningCommands } from '../../training/commands/fineTuningCommands.ts';
import { runCommands } from '../../training/commands/runCommands.ts';
import { runsCommands } from '../../training/commands/runsCommands.ts';
import { travelCommands } from '../../training/commands/travelCommands.ts';
import { compareCommands } from './compareCommands.ts';
import { fileCommands } from './fileCommands.ts';
import { paneCommands } from './paneCommands.ts';
import { surfaceCommands } from './surfaceCommands.ts';
import { workspaceCommands } from './workspaceCommands.ts';

/** All commands. Keys, menus, buttons and the command palette are built from this table. */
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
  ...fineTuningCommands,
  ...runCommands,
  ...runsCommands,
  ...travelCommands,
  ...doctorCommands,
  ...surfaceCommands,
  ...workspaceCommands,
};

type Table = typeof commands;

declare module '../../state/commands/command.ts' {
  interface CommandTable extends Table {}
}
