import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import { strToU8 } from 'fflate';
import { factsOf } from '../src/data/known.ts';
import type {
  DesktopArgs,
  DesktopResult,
  OpenedFile,
  OpenSource,
  Thumbnail,
  TrainedSource,
} from '../src/desktopCalls.ts';
import { writeAtomically } from '../src/engine/atomicWrite.ts';
import { explain } from '../src/engine/fileReason.ts';
import type { OpenedProject } from '../src/engine/projectFile.ts';
import { BLOCK_EXTENSION, readSharedBlock } from '../src/graph/blockFile.ts';
import { LARGEST_TEXT, type NetworkDocument } from '../src/graph/document.ts';
import { type Project, projectParts, RUNS } from '../src/graph/file.ts';
import type { CheckpointRef } from '../src/runs/record.ts';
import { type Language, UserError } from '../src/text.ts';
import { chooseNetwork } from './chooseNetwork.ts';
import { type EngineHost, EngineStopped, stopped, type Trained } from './engineHost.ts';
import { type FileStamp, fileStamp, hasChanged } from './fileStamp.ts';
import { type LastRun, lastKept } from './lastKept.ts';
import { reading } from './reading.ts';
import type { RecentFiles } from './recent.ts';
import type { Recovery } from './recovery.ts';
import type { SettingsStore } from './settings.ts';
import { texts } from './texts.ts';

export interface Files {
  /** The file that saving writes to. */
  path(): string | null;
  /** Reads it, and changes nothing: `takeOpened` puts it in the place of what the window has. */
  open(source: OpenSource): Promise<DesktopResult<'open'>>;
  openPath(path: string): Promise<DesktopResult<'open'>>;
  /** Weights and file of the window become those of the network that was opened under the ticket, or nothing changes. */
  takeOpened(ticket: number): Promise<DesktopResult<'takeOpened'>>;
  readNetwork(source: DesktopArgs<'readNetwork'>[0]): Promise<DesktopResult<'readNetwork'>>;
  /** What `open` gives as `handed`. */
  hand(source: Handed): void;
  save(document: NetworkDocument, how: DesktopArgs<'save'>[1]): Promise<DesktopResult<'save'>>;
  exportOnnx(...args: DesktopArgs<'exportOnnx'>): Promise<DesktopResult<'exportOnnx'>>;
  saveFile(file: DesktopArgs<'saveFile'>[0]): Promise<DesktopResult<'saveFile'>>;
  importBlock(): Promise<DesktopResult<'importBlock'>>;
  keep(work: DesktopArgs<'keep'>[0]): Promise<DesktopResult<'keep'>>;
  reset(): Promise<DesktopResult<'reset'>>;
  /** The unsaved work is offered among what was lost, and the window starts with nothing. */
  setAside(): Promise<Handed>;
  /** The window is gone. `saved`: what it had is saved or given up. */
  end(saved: boolean): void;
}

/**
 * Work or a file handed to a window. `own`: what a page of its own had that failed; `aside`: nothing, as that made page
 * after page fail.
 */
export type Handed =
  | { readonly path: string }
  | { readonly lost: string }
  | { readonly own: true }
  | { readonly aside: true };

interface Unsaved {
  readonly document: NetworkDocument;
  /** The weights are unsaved, too. */
  readonly trained: boolean;
}

/** A network that is ready to take the place of the window's. */
interface Prepared {
  readonly ticket: number;
  /** Null: the engine goes on with what it has. */
  readonly trained: Trained | null;
  /** Other entries of the file. */
  readonly others: Project['others'];
  readonly path: string | null;
  readonly stamp: FileStamp | null;
  readonly name: string;
  /** The lost work that it is. */
  readonly lost: string | null;
  /** Changes that no file has yet. */
  readonly unsaved: Unsaved | null;
  /** State of the window once the file is taken. */
  readonly whenTaken: () => void;
}

/** State of the window when its page asked for a save. */
interface Asked {
  readonly networks: number;
  readonly keeps: number;
  readonly starts: number;
}

interface Surroundings {
  readonly window: BrowserWindow;
  readonly engine: EngineHost;
  /** Folder of all runs. */
  readonly runs: string;
  readonly settings: SettingsStore;
  readonly recent: RecentFiles;
  readonly recovery: Recovery;
  language(): Language;
  /** Shows the other window that has the file; false when there is none. */
  showElsewhere(path: string): boolean;
  isElsewhere(path: string): boolean;
}

const NETLOOM = '.netloom';
const COVER = 'thumbnail.svg';
const nothingUnsaved: OpenedFile['unsaved'] = { document: false, weights: false };

const withExtension = (path: string, extension: string): string =>
  basename(path).includes('.') ? path : `${path}.${extension}`;

/** Without what no file system takes, or takes for a folder. */
const fileName = (name: string): string => name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '-');

const stem = (path: string): string => basename(path, extname(path));

/** Only a project can be saved to again: a bare JSON cannot hold weights, and a picture is a picture. */
const isProject = (path: string): boolean => extname(path).toLowerCase() === NETLOOM;

const nothingTrained: Trained = { weights: new Uint8Array(), run: {} };

const isRun = (entry: string): boolean => entry.startsWith(RUNS);
const withoutRun = (entries: Project['others']): Project['others'] =>
  Object.fromEntries(Object.entries(entries).filter(([entry]) => !isRun(entry)));

function trainedOf({ weights, others }: Omit<Project, 'document'>): Trained {
  const run = Object.fromEntries(Object.entries(others).filter(([entry]) => isRun(entry)));
  return { weights: new Uint8Array(weights ?? []), run: run as Trained['run'] };
}

async function readNetworkFile(
  file: string,
): Promise<{ readonly project: OpenedProject; readonly stamp: FileStamp | null }> {
  const stamp = await fileStamp(file);
  return { project: await reading.read(file, basename(file)), stamp };
}

/** Nothing of a file that is larger than any block. */
async function textOf(file: string): Promise<string> {
  const { size } = await stat(file);
  return size > LARGEST_TEXT ? '' : readFile(file, 'utf8');
}

/** The window's file: which one it is, and what it holds beside the document. The page never names a path. */
export function createFiles(surroundings: Surroundings): Files {
  const { window, engine, runs, settings, recent, recovery, language, showElsewhere, isElsewhere } = surroundings;
  let path: string | null = null;
  /** Of the file as it was read or written last. */
  let stamp: FileStamp | null = null;
  let others: Project['others'] = {};
  let handed: Handed | null = null;
  let slot = recovery.newSlot();
  let prepared: Prepared | null = null;
  let tickets = 0;
  /** As the page has last told it. */
  let unsaved: Unsaved | null = null;
  /** Queue of everything that saves or replaces the window's network; it goes on when the page is gone. */
  let turn: Promise<unknown> = Promise.resolve();
  /** Count the networks that the window has had, and what the page has told of unsaved work. */
  let networks = 0;
  let keeps = 0;

  /** Weights, run and the other entries of a project, for saving it. */
  const besides = ({ weights, run }: Trained): Omit<Project, 'document'> => ({
    weights,
    // The file's run stays where the engine has none.
    others: Object.keys(run).length === 0 ? others : { ...withoutRun(others), ...run },
  });

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work);
    turn = result.catch(() => {});
    return result;
  }

  /**
   * The weights are the engine's; without that engine (`starts`: as it was when the page asked) it is what was kept
   * last, which is said. An engine that was started meanwhile has only what the file has.
   */
  async function trainedNow(
    run: LastRun | null,
    starts: number,
  ): Promise<{ readonly trained: Trained; readonly source: TrainedSource }> {
    try {
      const trained = await engine.trained();
      if (engine.starts !== starts) throw new EngineStopped(stopped());
      return { trained, source: { kind: 'engine' } };
    } catch (error) {
      if (!(error instanceof EngineStopped)) throw error;
      const kept = run === null ? null : await lastKept(runs, run);
      if (kept !== null) return { trained: kept, source: { kind: 'checkpoint', step: kept.step } };
      return { trained: engine.kept, source: { kind: engine.kept.weights.length > 0 ? 'file' : 'none' } };
    }
  }

  /** Where a dialog starts: beside the window's file, else where files were last. */
  const folder = (): string => (path === null ? (settings.now.folder ?? homedir()) : dirname(path));
  const inFolder = (name: string): string => join(folder(), fileName(name));

  function remember(file: string): void {
    settings.change({ folder: dirname(file) });
  }

  /** Only a convenience: nothing fails because of it. */
  function keepInMind(file: string, thumbnail: Thumbnail | null): void {
    try {
      recent.add(file, thumbnail);
      app.addRecentDocument(file);
      remember(file);
    } catch (error) {
      console.error(error);
    }
  }

  function prepare(
    opened: Omit<OpenedFile, 'ticket'>,
    next: Omit<Prepared, 'ticket' | 'name' | 'unsaved'>,
  ): DesktopResult<'open'> {
    const ticket = ++tickets;
    const { document, weights } = opened.unsaved;
    const unsaved = document || weights ? { document: opened.document, trained: weights } : null;
    prepared = { ...next, ticket, name: opened.name, unsaved };
    return { ok: true, file: { ...opened, ticket } };
  }

  async function openPath(file: string): Promise<DesktopResult<'open'>> {
    if (showElsewhere(file)) return { ok: true, file: null };
    const name = basename(file);
    try {
      const { project, stamp: found } = await readNetworkFile(file);
      const { document, weights, remarks, notice } = project;
      const thumbnail = await reading.thumbnail(document);
      // Saving must not overwrite what could not be read: such a file is opened as a copy.
      const own = remarks.length === 0 ? file : null;
      return prepare(
        {
          path: own,
          name,
          document,
          hasWeights: weights !== null,
          remarks: [...remarks],
          unsaved: nothingUnsaved,
          notice,
        },
        {
          trained: trainedOf(project),
          others: project.others,
          path: own,
          stamp: own === null ? null : found,
          lost: null,
          whenTaken: () => keepInMind(file, thumbnail),
        },
      );
    } catch (error) {
      return { ok: false, message: explain(error, (reason) => texts.couldNotOpen(name, reason)) };
    }
  }

  /** Weights that were not trained since the last saving are those of the file. */
  async function fromFile(file: string | null): Promise<Omit<Project, 'document'> | null> {
    if (file === null) return null;
    try {
      const { project } = await readNetworkFile(file);
      // A damaged file is not gone on with: saving would overwrite what is left of it.
      return project.remarks.length === 0 ? project : null;
    } catch (error) {
      console.error(error);
      return null;
    }
  }

  async function restore(id: string): Promise<DesktopResult<'open'>> {
    const found = await recovery.read(id);
    if (found === null) return { ok: false, message: texts.lostIsGone };
    const { document, trained, path: file, damaged } = found;
    const project = trained ?? (await fromFile(file));
    const notice =
      damaged !== null
        ? texts.weightsAside(damaged)
        : project === null && file !== null
          ? texts.fileUnread(file)
          : null;
    const name = file === null ? document.name : basename(file);
    const hasWeights = (project?.weights?.length ?? 0) > 0;
    return prepare(
      {
        path: file,
        name,
        document,
        hasWeights,
        remarks: [],
        unsaved: { document: true, weights: trained !== null },
        notice,
      },
      {
        trained: project === null ? nothingTrained : trainedOf(project),
        others: project?.others ?? {},
        path: file,
        stamp: found.stamp,
        lost: id,
        whenTaken: () => {},
      },
    );
  }

  /** A kept checkpoint of a run: its network with weights and run, as a new one without a file. */
  async function openRun(at: CheckpointRef): Promise<DesktopResult<'open'>> {
    try {
      const { document, weights, entries } = await engine.call('readCheckpoint', { at });
      const trained = trainedOf({ weights, others: entries });
      const unsaved = { document: false, weights: true };
      return prepare(
        { path: null, name: document.name, document, hasWeights: true, remarks: [], unsaved, notice: null },
        { trained, others: entries, path: null, stamp: null, lost: null, whenTaken: () => {} },
      );
    } catch (error) {
      return { ok: false, message: explain(error, texts.couldNotOpenRun) };
    }
  }

  /** The engine has outlived the page, with what it has trained. */
  async function restoreOwn(): Promise<DesktopResult<'open'>> {
    // Asked by the page that failed, and done all the same.
    await turn;
    if (unsaved === null) {
      if (path === null) return { ok: true, file: null };
      const isOther = await hasChanged(path, stamp);
      const answer = await openPath(path);
      if (prepared !== null && !isOther) prepared = { ...prepared, trained: null };
      return answer;
    }
    const { document, trained } = unsaved;
    const name = path === null ? document.name : basename(path);
    const hasWeights = trained || engine.kept.weights.length > 0;
    return prepare(
      {
        path,
        name,
        document,
        hasWeights,
        remarks: [],
        unsaved: { document: true, weights: trained },
        notice: texts.pageFailed,
      },
      { trained: null, others, path, stamp, lost: null, whenTaken: () => {} },
    );
  }

  async function openDialog(): Promise<DesktopResult<'open'>> {
    const chosen = await chooseNetwork(window, folder(), language());
    return chosen === null ? { ok: true, file: null } : openPath(chosen);
  }

  /** Reads it and no more: the window's own file, weights and run stay as they are. */
  async function readBeside(file: string): Promise<DesktopResult<'readNetwork'>> {
    const name = basename(file);
    try {
      const { document, remarks } = (await readNetworkFile(file)).project;
      return { ok: true, file: { name, document, remarks: [...remarks] } };
    } catch (error) {
      return { ok: false, message: explain(error, (reason) => texts.couldNotOpen(name, reason)) };
    }
  }

  /** Another program's work is not overwritten unasked. */
  async function mayOverwrite(target: string): Promise<'yes' | 'elsewhere' | 'no'> {
    if (!(await hasChanged(target, stamp))) return 'yes';
    const words = texts[language()];
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message: words.changedQuestion(basename(target)),
      detail: words.changedDetail,
      buttons: [words.saveAs, words.overwrite, words.cancel],
      defaultId: 0,
      cancelId: 2,
      noLink: true,
    });
    return (['elsewhere', 'yes', 'no'] as const)[response] ?? 'no';
  }

  /** Asks whether samples of the user's own data may go into an export; null when the user cancels. */
  async function maySampleOwn(source: string): Promise<boolean | null> {
    const words = texts[language()];
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      message: words.samplesQuestion(basename(source)),
      detail: words.samplesDetail,
      buttons: [words.samplesOut, words.samplesIn, words.cancel],
      defaultId: 0,
      cancelId: 2,
      noLink: true,
    });
    return response === 2 ? null : response === 1;
  }

  async function askTarget(document: NetworkDocument): Promise<string | null> {
    const suggested = path === null ? document.name : stem(path);
    const { filePath } = await dialog.showSaveDialog(window, {
      defaultPath: inFolder(`${suggested}${NETLOOM}`),
      filters: [{ name: texts[language()].networks, extensions: ['netloom'] }],
    });
    if (!filePath) return null;
    return isProject(filePath) ? filePath : `${filePath}${NETLOOM}`;
  }

  /** `asked`: as it was when the page asked for it. */
  async function write(target: string, document: NetworkDocument, run: LastRun | null, asked: Asked) {
    if (networks !== asked.networks) throw new UserError(texts.replacedMeanwhile);
    const { trained, source } = await trainedNow(run, asked.starts);
    const { weights, others: entries } = besides(trained);
    const cover = await reading.cover(document);
    const withCover = cover === null ? entries : { ...entries, [COVER]: strToU8(cover) };
    await writeAtomically(target, projectParts({ document, weights, others: withCover }));
    others = withCover;
    engine.keep(trained);
    path = target;
    stamp = await fileStamp(target);
    if (keeps === asked.keeps) unsaved = null;
    slot.clear();
    // Edited while it was written: from now on a change of that file.
    if (unsaved !== null) await keepUnsaved({ document: unsaved.document, weights: unsaved.trained });
    return source;
  }

  async function keepUnsaved({ document, weights }: NonNullable<DesktopArgs<'keep'>[0]>): Promise<void> {
    unsaved = { document, trained: weights || unsaved?.trained === true };
    const kept = { document, path, stamp };
    // An engine that is just being started again has none to give.
    const trained = weights ? await engine.trained().then(besides, () => undefined) : undefined;
    await slot.keep(kept, trained);
  }

  function forget(): void {
    path = null;
    stamp = null;
    others = {};
    unsaved = null;
  }

  /** Even an engine that is just being started again must not bring the old weights back. */
  async function giveNothing(): Promise<void> {
    engine.keep(nothingTrained);
    await engine.hold(nothingTrained).catch(console.error);
  }

  async function take(ticket: number): Promise<DesktopResult<'takeOpened'>> {
    const next = prepared;
    prepared = null;
    if (next?.ticket !== ticket) return { ok: false, message: texts.openedMeanwhile };
    try {
      if (next.trained !== null) await engine.hold(next.trained);
    } catch (error) {
      if (next.lost !== null && next.unsaved?.trained === true && !(error instanceof EngineStopped)) {
        return { ok: false, message: texts.weightsAside(await recovery.setWeightsAside(next.lost, error)) };
      }
      const { name } = next;
      return { ok: false, message: explain(error, (reason) => texts.couldNotOpen(name, reason)) };
    }
    // The engine has it: from here on nothing fails.
    path = next.path;
    stamp = next.stamp;
    others = next.others;
    if (next.trained !== null) {
      networks++;
      unsaved = next.unsaved;
      slot.clear();
    }
    if (next.lost !== null) slot = recovery.claim(next.lost);
    next.whenTaken();
    return { ok: true };
  }

  return {
    path: () => path,
    openPath,
    hand(source) {
      handed = source;
    },

    async open(source) {
      switch (source.kind) {
        case 'dialog':
          return openDialog();
        case 'handed': {
          const given = handed;
          handed = null;
          if (given === null) return { ok: true, file: null };
          if ('own' in given) return restoreOwn();
          if ('aside' in given) return { ok: false, message: texts.setAside };
          return 'path' in given ? openPath(given.path) : restore(given.lost);
        }
        case 'recent': {
          const file = recent.pathOf(source.id);
          return file === null ? { ok: true, file: null } : openPath(file);
        }
        case 'lost':
          return restore(source.id);
        case 'run':
          return openRun(source.at);
        default:
          return source satisfies never;
      }
    },

    takeOpened: (ticket) => inTurn(() => take(ticket)),

    async readNetwork(source) {
      const file =
        source.kind === 'recent' ? recent.pathOf(source.id) : await chooseNetwork(window, folder(), language());
      return file === null ? { ok: true, file: null } : readBeside(file);
    },

    async save(document, { as, run }) {
      const asked = { networks, keeps, starts: engine.starts };
      let target = !as && path !== null && isProject(path) ? path : null;
      if (target !== null) {
        const answer = await mayOverwrite(target);
        if (answer === 'no') return { ok: true, saved: null };
        if (answer === 'elsewhere') target = null;
      }
      const follows = path === null || !isProject(path) || document.name === stem(path);
      target ??= await askTarget(document);
      if (target === null) return { ok: true, saved: null };
      const name = basename(target);
      try {
        if (isElsewhere(target)) throw new UserError(texts.openElsewhere(name));
        const named = follows ? { ...document, name: stem(target) } : document;
        const file = target;
        const trained = await inTurn(() => write(file, named, run, asked));
        keepInMind(target, await reading.thumbnail(named));
        return { ok: true, saved: { path: target, name: named.name, trained } };
      } catch (error) {
        return { ok: false, message: explain(error, (reason) => texts.couldNotSave(name, reason)) };
      }
    },

    async exportOnnx(document, { opset, fold, at }) {
      const { filePath } = await dialog.showSaveDialog(window, {
        defaultPath: inFolder(`${document.name}.onnx`),
        filters: [{ name: 'ONNX', extensions: ['onnx'] }],
      });
      if (!filePath) return { ok: true, written: null };
      const target = withExtension(filePath, 'onnx');
      try {
        const ownSamples = factsOf(document.data.source) === null ? await maySampleOwn(document.data.source) : false;
        if (ownSamples === null) return { ok: true, written: null };
        const { model, external, ...rest } = await engine.call('export', {
          document,
          opset,
          fold,
          fileName: basename(target),
          ownSamples,
          ...(at !== null && { at }),
        });
        // First what the model refers to: an older model never points into a newer file that is only half there.
        if (external !== null)
          await writeAtomically(join(dirname(target), external.name), Buffer.concat(external.parts));
        await writeAtomically(target, model);
        remember(target);
        return { ok: true, written: { ...rest, path: target, bytes: model.length } };
      } catch (error) {
        const name = basename(target);
        return { ok: false, message: explain(error, (reason) => texts.couldNotExport(name, reason)) };
      }
    },

    async saveFile({ suggestedName, filters, bytes }) {
      const { filePath } = await dialog.showSaveDialog(window, { defaultPath: inFolder(suggestedName), filters });
      if (!filePath) return { ok: true, path: null };
      const extensions = filters.flatMap((filter) => filter.extensions);
      const fits = extensions.includes(extname(filePath).slice(1).toLowerCase());
      const target = fits ? filePath : `${filePath}.${extensions[0]}`;
      try {
        await writeAtomically(target, bytes);
        remember(target);
        return { ok: true, path: target };
      } catch (error) {
        const name = basename(target);
        return { ok: false, message: explain(error, (reason) => texts.couldNotWrite(name, reason)) };
      }
    },

    async importBlock() {
      const { filePaths } = await dialog.showOpenDialog(window, {
        properties: ['openFile'],
        defaultPath: inFolder(''),
        filters: [
          { name: texts[language()].blocks, extensions: [BLOCK_EXTENSION, 'json'] },
          { name: texts[language()].allFiles, extensions: ['*'] },
        ],
      });
      const [chosen] = filePaths;
      if (chosen === undefined) return { ok: true, block: null };
      const name = basename(chosen);
      try {
        const block = readSharedBlock(await textOf(chosen), name);
        remember(chosen);
        return { ok: true, block };
      } catch (error) {
        return { ok: false, message: explain(error, (reason) => texts.couldNotImport(name, reason)) };
      }
    },

    async keep(work) {
      keeps++;
      if (work !== null) await keepUnsaved(work);
      else {
        unsaved = null;
        slot.clear();
      }
      return { ok: true };
    },

    reset: () =>
      inTurn(async () => {
        networks++;
        forget();
        slot.clear();
        await giveNothing();
        return { ok: true };
      }),

    async setAside() {
      await turn;
      if (unsaved !== null) await keepUnsaved({ document: unsaved.document, weights: unsaved.trained });
      slot.release();
      slot = recovery.newSlot();
      networks++;
      forget();
      await giveNothing();
      return { aside: true };
    },
    end(saved) {
      if (saved) slot.clear();
      else slot.release();
    },
  };
}
