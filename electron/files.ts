import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import { strToU8 } from 'fflate';
import type { DesktopArgs, DesktopResult, OpenedFile, OpenSource } from '../src/desktopCalls.ts';
import { writeAtomically } from '../src/engine/atomicWrite.ts';
import { explain } from '../src/engine/fileReason.ts';
import { BLOCK_EXTENSION, readSharedBlock } from '../src/graph/blockFile.ts';
import type { NetworkDocument } from '../src/graph/document.ts';
import { type Project, RUNS, readProject, writeProject } from '../src/graph/file.ts';
import { type Language, UserError } from '../src/text.ts';
import { chooseNetwork } from './chooseNetwork.ts';
import type { EngineHost } from './engineHost.ts';
import { type FileStamp, fileStamp, hasChanged } from './fileStamp.ts';
import type { RecentFiles } from './recent.ts';
import type { Recovery } from './recovery.ts';
import type { SettingsStore } from './settings.ts';
import { texts } from './texts.ts';
import { drawCover, drawThumbnail } from './thumbnail.ts';

export interface Files {
  /** The file that saving writes to. */
  path(): string | null;
  open(source: OpenSource): Promise<DesktopResult<'open'>>;
  openPath(path: string): Promise<DesktopResult<'open'>>;
  readNetwork(source: DesktopArgs<'readNetwork'>[0]): Promise<DesktopResult<'readNetwork'>>;
  /** What `open` gives as `handed`. */
  hand(source: Handed): void;
  save(document: NetworkDocument, as: boolean): Promise<DesktopResult<'save'>>;
  exportOnnx(document: NetworkDocument): Promise<DesktopResult<'exportOnnx'>>;
  saveFile(file: DesktopArgs<'saveFile'>[0]): Promise<DesktopResult<'saveFile'>>;
  importBlock(): Promise<DesktopResult<'importBlock'>>;
  keep(work: DesktopArgs<'keep'>[0]): Promise<DesktopResult<'keep'>>;
  reset(): Promise<DesktopResult<'reset'>>;
  /** The window is gone, and what it had is saved or given up. */
  end(): void;
}

/** What comes to a window from outside. */
export type Handed = { readonly path: string } | { readonly lost: string };

interface Surroundings {
  readonly window: BrowserWindow;
  readonly engine: EngineHost;
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

/** The window's file: which one it is, and what it holds beside the document. The page never names a path. */
export function createFiles(surroundings: Surroundings): Files {
  const { window, engine, settings, recent, recovery, language, showElsewhere, isElsewhere } = surroundings;
  let path: string | null = null;
  /** Of the file as it was read or written last. */
  let stamp: FileStamp | null = null;
  let others: Project['others'] = {};
  let handed: Handed | null = null;
  let slot = recovery.newSlot();

  async function setWeights(weights: Uint8Array<ArrayBuffer>): Promise<void> {
    await engine.request({ kind: 'setWeights', weights });
    engine.keepWeights(weights);
  }

  /** Gives the engine the run of a file, to go on with. A damaged one costs only that. */
  async function setRun(entries: Project['others']): Promise<void> {
    const runs = Object.fromEntries(Object.entries(entries).filter(([entry]) => entry.startsWith(RUNS)));
    if (Object.keys(runs).length === 0) return;
    await engine
      .request({ kind: 'setCheckpoint', entries: runs as Record<string, Uint8Array<ArrayBuffer>> })
      .catch(console.error);
  }

  /** What the file holds besides, with the engine's run in place of the file's where it has one. */
  async function withRun(entries: Project['others']): Promise<Project['others']> {
    const answer = await engine.request({ kind: 'getCheckpoint' });
    if (answer.kind !== 'checkpoint' || Object.keys(answer.entries).length === 0) return entries;
    const kept = Object.fromEntries(Object.entries(entries).filter(([entry]) => !entry.startsWith(RUNS)));
    return { ...kept, ...answer.entries };
  }

  async function getWeights(): Promise<Uint8Array<ArrayBuffer>> {
    const answer = await engine.request({ kind: 'getWeights' });
    return answer.kind === 'weights' ? (answer.weights as Uint8Array<ArrayBuffer>) : new Uint8Array();
  }

  const trainedNow = async () => ({ weights: await getWeights(), others: await withRun(others) });

  /** Where a dialog starts: beside the window's file, else where files were last. */
  const folder = (): string => (path === null ? (settings.now.folder ?? homedir()) : dirname(path));
  const inFolder = (name: string): string => join(folder(), fileName(name));

  function remember(file: string): void {
    settings.change({ folder: dirname(file) });
  }

  function keepInMind(file: string, document: NetworkDocument): void {
    recent.add(file, drawThumbnail(document));
    app.addRecentDocument(file);
    remember(file);
  }

  async function take(weights: Uint8Array | null, entries: Project['others']): Promise<void> {
    await setWeights(new Uint8Array(weights ?? []));
    await setRun(entries);
    others = entries;
    slot.clear();
  }

  async function openPath(file: string): Promise<DesktopResult<'open'>> {
    if (showElsewhere(file)) return { ok: true, file: null };
    const name = basename(file);
    try {
      const found = await fileStamp(file);
      const project = readProject(new Uint8Array(await readFile(file)), name, 'lenient');
      const { document, weights, remarks } = project;
      await take(weights, project.others);
      // Saving must not overwrite what could not be read: such a file is opened as a copy.
      path = remarks.length === 0 ? file : null;
      stamp = path === null ? null : found;
      keepInMind(file, document);
      const hasWeights = weights !== null;
      return { ok: true, file: { path, name, document, hasWeights, remarks: [...remarks], unsaved: nothingUnsaved } };
    } catch (error) {
      return { ok: false, message: explain(error, (reason) => texts.couldNotOpen(name, reason)) };
    }
  }

  /** Weights that were not trained since the last saving are those of the file. */
  async function fromFile(file: string | null): Promise<Omit<Project, 'document'> | null> {
    if (file === null) return null;
    try {
      return readProject(new Uint8Array(await readFile(file)), basename(file), 'lenient');
    } catch (error) {
      console.error(error);
      return null;
    }
  }

  async function restore(id: string): Promise<DesktopResult<'open'>> {
    const found = await recovery.read(id);
    if (found === null) return { ok: false, message: texts.lostIsGone };
    const { document, trained } = found;
    const besides = trained ?? (await fromFile(found.path));
    try {
      await take(besides?.weights ?? null, besides?.others ?? {});
    } catch (error) {
      return { ok: false, message: explain(error, (reason) => texts.couldNotOpen(document.name, reason)) };
    }
    slot = recovery.claim(id);
    path = found.path;
    stamp = found.stamp;
    const name = path === null ? document.name : basename(path);
    const unsaved = { document: true, weights: trained !== null };
    const hasWeights = (besides?.weights?.length ?? 0) > 0;
    return { ok: true, file: { path, name, document, hasWeights, remarks: [], unsaved } };
  }

  async function openDialog(): Promise<DesktopResult<'open'>> {
    const chosen = await chooseNetwork(window, folder(), language());
    return chosen === null ? { ok: true, file: null } : openPath(chosen);
  }

  /** Reads it and no more: the window's own file, weights and run stay as they are. */
  async function readBeside(file: string): Promise<DesktopResult<'readNetwork'>> {
    const name = basename(file);
    try {
      const { document, remarks } = readProject(new Uint8Array(await readFile(file)), name, 'lenient');
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

  async function askTarget(document: NetworkDocument): Promise<string | null> {
    const suggested = path === null ? document.name : stem(path);
    const { filePath } = await dialog.showSaveDialog(window, {
      defaultPath: inFolder(`${suggested}${NETLOOM}`),
      filters: [{ name: texts[language()].networks, extensions: ['netloom'] }],
    });
    if (!filePath) return null;
    return isProject(filePath) ? filePath : `${filePath}${NETLOOM}`;
  }

  async function write(target: string, document: NetworkDocument): Promise<void> {
    const weights = await getWeights();
    const entries = { ...(await withRun(others)), [COVER]: strToU8(drawCover(document)) };
    await writeAtomically(target, writeProject({ document, weights, others: entries }));
    others = entries;
    engine.keepWeights(weights);
    path = target;
    stamp = await fileStamp(target);
    slot.clear();
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
          return 'path' in given ? openPath(given.path) : restore(given.lost);
        }
        case 'recent': {
          const file = recent.pathOf(source.id);
          return file === null ? { ok: true, file: null } : openPath(file);
        }
        case 'lost':
          return restore(source.id);
        default:
          return source satisfies never;
      }
    },

    async readNetwork(source) {
      const file =
        source.kind === 'recent' ? recent.pathOf(source.id) : await chooseNetwork(window, folder(), language());
      return file === null ? { ok: true, file: null } : readBeside(file);
    },

    async save(document, as) {
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
        await write(target, named);
        keepInMind(target, named);
        return { ok: true, saved: { path: target, name: named.name } };
      } catch (error) {
        return { ok: false, message: explain(error, (reason) => texts.couldNotSave(name, reason)) };
      }
    },

    async exportOnnx(document) {
      const { filePath } = await dialog.showSaveDialog(window, {
        defaultPath: inFolder(`${document.name}.onnx`),
        filters: [{ name: 'ONNX', extensions: ['onnx'] }],
      });
      if (!filePath) return { ok: true, written: null };
      const target = withExtension(filePath, 'onnx');
      try {
        const answer = await engine.request({ kind: 'export', document, fileName: basename(target) });
        if (answer.kind !== 'exported') throw new Error(`The engine answered an export with '${answer.kind}'`);
        const { model, external, ...rest } = answer.result;
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
        const block = readSharedBlock(await readFile(chosen, 'utf8'), name);
        remember(chosen);
        return { ok: true, block };
      } catch (error) {
        return { ok: false, message: explain(error, (reason) => texts.couldNotImport(name, reason)) };
      }
    },

    async keep(work) {
      if (work === null) {
        slot.clear();
        return { ok: true };
      }
      const kept = { document: work.document, path, stamp };
      // An engine that is just being started again has none to give.
      const trained = work.weights ? await trainedNow().catch(() => undefined) : undefined;
      await slot.keep(kept, trained);
      return { ok: true };
    },

    async reset() {
      path = null;
      stamp = null;
      others = {};
      slot.clear();
      // Even an engine that is just being started again must not bring the old weights back.
      engine.keepWeights(new Uint8Array());
      await engine.request({ kind: 'setWeights', weights: new Uint8Array() }).catch(console.error);
      return { ok: true };
    },

    end: () => slot.clear(),
  };
}
