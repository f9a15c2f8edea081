import { basename } from 'node:path';
import { dialog } from 'electron';
import { strToU8 } from 'fflate';
import type { DesktopArgs, DesktopResult, TrainedSource } from '../src/desktopCalls.ts';
import { writeAtomically } from '../src/engine/atomicWrite.ts';
import { withRelativeSource } from '../src/engine/data/relativeSource.ts';
import { explain } from '../src/engine/fileReason.ts';
import type { NetworkDocument } from '../src/graph/document.ts';
import { projectParts } from '../src/graph/file.ts';
import { UserError } from '../src/text.ts';
import { addRecentFile } from './addRecentFile.ts';
import type { DialogFolder } from './dialogFolder.ts';
import { EngineStopped, type ProjectWeights, stopped } from './engineHost.ts';
import { isProject, NETLOOM, stem } from './fileNames.ts';
import { hasChanged } from './fileStamp.ts';
import { type LastRun, lastKept } from './lastKept.ts';
import type { OwnFile, WindowVersion } from './ownFile.ts';
import { ask } from './question.ts';
import { reading } from './reading.ts';
import type { Surroundings } from './surroundings.ts';
import { texts } from './texts.ts';

export type Save = (document: NetworkDocument, how: DesktopArgs<'save'>[1]) => Promise<DesktopResult<'save'>>;

/** Entry of a project with its image for file managers. */
const COVER = 'thumbnail.svg';

/** Saves the network of a window as a project, with weights and run. */
export function createSaving(
  { window, engine, runs, recent, language, isElsewhere }: Surroundings,
  own: OwnFile,
  folder: DialogFolder,
): Save {
  /**
   * The weights come from the engine. If the engine has stopped, they come from the run's last checkpoint or from the
   * file, and the page is told so. An engine that was restarted after the page asked has only the weights of the file.
   */
  async function trainedNow(
    document: NetworkDocument,
    run: LastRun | null,
    { engineStarts }: WindowVersion,
  ): Promise<{ readonly trained: ProjectWeights; readonly source: TrainedSource }> {
    try {
      const trained = await engine.trained(document);
      if (engine.starts !== engineStarts) throw new EngineStopped(stopped());
      return { trained, source: { kind: 'engine' } };
    } catch (error) {
      if (!(error instanceof EngineStopped)) throw error;
      const kept = run === null ? null : await lastKept(runs, run);
      if (kept !== null) return { trained: kept, source: { kind: 'checkpoint', step: kept.step } };
      return { trained: engine.kept, source: { kind: engine.kept.weights.length > 0 ? 'file' : 'none' } };
    }
  }

  /** Asks before it overwrites the changes of another program. */
  async function mayOverwrite(target: string): Promise<'yes' | 'elsewhere' | 'no'> {
    if (!(await hasChanged(target, own.file.stamp))) return 'yes';
    const words = texts[language()];
    const response = await ask(window, {
      type: 'warning',
      message: words.changedQuestion(basename(target)),
      detail: words.changedDetail,
      buttons: [words.saveAs, words.overwrite, words.cancel],
    });
    return (['elsewhere', 'yes', 'no'] as const)[response] ?? 'no';
  }

  async function askTarget(document: NetworkDocument): Promise<string | null> {
    const { path } = own.file;
    const { filePath } = await dialog.showSaveDialog(window, {
      defaultPath: folder.suggest(`${path === null ? document.name : stem(path)}${NETLOOM}`),
      filters: [{ name: texts[language()].networks, extensions: ['netloom'] }],
    });
    if (!filePath) return null;
    return isProject(filePath) ? filePath : `${filePath}${NETLOOM}`;
  }

  /** The file to save to; null if the user cancels. `as`: asks for a file in any case. */
  async function targetOf(document: NetworkDocument, as: boolean): Promise<string | null> {
    const { path } = own.file;
    if (as || path === null || !isProject(path)) return askTarget(document);
    const answer = await mayOverwrite(path);
    if (answer === 'no') return null;
    return answer === 'yes' ? path : askTarget(document);
  }

  /** `version`: the window's when the page asked. */
  async function write(
    target: string,
    document: NetworkDocument,
    run: LastRun | null,
    version: WindowVersion,
  ): Promise<TrainedSource> {
    if (own.version.networks !== version.networks) throw new UserError(texts.replacedMeanwhile);
    const { trained, source } = await trainedNow(document, run, version);
    const { weights, others } = own.partsWith(trained);
    const cover = await reading.cover(document);
    const withCover = cover === null ? others : { ...others, [COVER]: strToU8(cover) };
    const placed = withRelativeSource(document, target);
    await writeAtomically(target, projectParts({ document: placed, weights, others: withCover }));
    engine.keep(trained);
    await own.saved(target, withCover, version);
    return source;
  }

  return async (document, { as, run }) => {
    const { version } = own;
    const { path } = own.file;
    // A network that is named after its file takes the name of the new file.
    const namedAfterFile = path === null || !isProject(path) || document.name === stem(path);
    const target = await targetOf(document, as);
    if (target === null) return { ok: true, saved: null };
    const name = basename(target);
    try {
      if (isElsewhere(target)) throw new UserError(texts.openElsewhere(name));
      const named = namedAfterFile ? { ...document, name: stem(target) } : document;
      const trained = await own.inTurn(() => write(target, named, run, version));
      addRecentFile(recent, folder, target, await reading.thumbnail(named));
      return { ok: true, saved: { path: target, name: named.name, trained } };
    } catch (error) {
      return { ok: false, message: explain(error, (reason) => texts.couldNotSave(name, reason)) };
    }
  };
}
