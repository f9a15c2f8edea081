import type { Text } from '../../../src/text.ts';
import { analysis } from './words/analysis.ts';
import { app } from './words/app.ts';
import { arrange } from './words/arrange.ts';
import { canvas } from './words/canvas.ts';
import { command } from './words/command.ts';
import { commandPalette } from './words/commandPalette.ts';
import { compare } from './words/compare.ts';
import { controls } from './words/controls.ts';
import { device } from './words/device.ts';
import { doctor } from './words/doctor.ts';
import { drawing } from './words/drawing.ts';
import { edit } from './words/edit.ts';
import { engine } from './words/engine.ts';
import { exporting } from './words/export.ts';
import { file } from './words/file.ts';
import { find } from './words/find.ts';
import { fineTuning } from './words/fineTuning.ts';
import { gesture } from './words/gesture.ts';
import { history } from './words/history.ts';
import { inspector } from './words/inspector.ts';
import { keys } from './words/keys.ts';
import { level } from './words/level.ts';
import { library } from './words/library.ts';
import { licenses } from './words/licenses.ts';
import { look } from './words/look.ts';
import { modelLibrary } from './words/modelLibrary.ts';
import { notice } from './words/notice.ts';
import { outline } from './words/outline.ts';
import { palette } from './words/palette.ts';
import { picture } from './words/picture.ts';
import { predict } from './words/predict.ts';
import { problems } from './words/problems.ts';
import { recipe } from './words/recipe.ts';
import { results } from './words/results.ts';
import { run } from './words/run.ts';
import { runs, sweep } from './words/runs.ts';
import { split } from './words/split.ts';
import { start } from './words/start.ts';
import { status } from './words/status.ts';
import { train } from './words/train.ts';
import { transforms } from './words/transforms.ts';
import { travel } from './words/travel.ts';
import { view } from './words/view.ts';
import { weights } from './words/weights.ts';
import { workspace } from './words/workspace.ts';

/** Texts by key with `{{name}}` placeholders. One file for each part of the window, both languages side by side. */
export type Words = Readonly<Record<string, Text>>;

/** The app's own texts. Layers and diagnostics bring their texts with them, as `Text`. */
export const words = {
  ...analysis,
  ...app,
  ...arrange,
  ...canvas,
  ...command,
  ...commandPalette,
  ...compare,
  ...controls,
  ...device,
  ...doctor,
  ...drawing,
  ...edit,
  ...engine,
  ...exporting,
  ...file,
  ...find,
  ...fineTuning,
  ...gesture,
  ...history,
  ...inspector,
  ...keys,
  ...level,
  ...library,
  ...look,
  ...weights,
  ...licenses,
  ...modelLibrary,
  ...notice,
  ...outline,
  ...palette,
  ...picture,
  ...predict,
  ...problems,
  ...recipe,
  ...results,
  ...run,
  ...runs,
  ...split,
  ...start,
  ...status,
  ...sweep,
  ...train,
  ...transforms,
  ...travel,
  ...view,
  ...workspace,
} satisfies Words;

export type Key = keyof typeof words;
