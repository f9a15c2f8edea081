import { basename, join } from 'node:path';
import type { DesktopArgs, DesktopResult, OpenedFile, OpenSource } from '../src/desktopCalls.ts';
import { explain } from '../src/engine/fileReason.ts';
import type { OpenedProject } from '../src/engine/projectFile.ts';
import { ForeignOnnx } from '../src/graph/foreign.ts';
import { reportLines } from '../src/protocol/importText.ts';
import type { CheckpointRef } from '../src/runs/record.ts';
import type { Text } from '../src/text.ts';
import { addRecentFile } from './addRecentFile.ts';
import { chooseNetwork } from './chooseNetwork.ts';
import type { DialogFolder } from './dialogFolder.ts';
import { EngineStopped, type ProjectWeights } from './engineHost.ts';
import { type FileStamp, fileStamp, hasChanged } from './fileStamp.ts';
import { Importing, type Sizes } from './importing.ts';
import type { FileState, OwnFile, UnsavedWork } from './ownFile.ts';
import { reading } from './reading.ts';
import type { RecentFiles } from './recent.ts';
import type { Surroundings } from './surroundings.ts';
import { texts } from './texts.ts';
import { nothingTrained, type ProjectParts, trainedOf } from './trainedParts.ts';

export interface Opening {
  readonly importing: Importing;
  /** Reads the network without changing the window. `takeOpened` then replaces the window's network. */
  open(source: OpenSource): Promise<DesktopResult<'open'>>;
  openPath(path: string): Promise<DesktopResult<'open'>>;
  /** Weights and file of the window become those of the network that was opened with the ticket, or nothing changes. */
  takeOpened(ticket: number): Promise<DesktopResult<'takeOpened'>>;
  /** Reads a network to compare with. Network, weights and run of the window stay. */
  readNetwork(source: DesktopArgs<'readNetwork'>[0]): Promise<DesktopResult<'readNetwork'>>;
  /** Sets the network that the next `open` of kind `handed` opens. */
  hand(source: OpeningRequest): void;
}

/**
 * Network that a window opens at its start or later. `own`: the network of the window's last page, which failed;
 * `aside`: none, because that network made several pages fail.
 */
export type OpeningRequest =
  | { readonly path: string }
  | { readonly lost: string }
  | { readonly own: true }
  | { readonly aside: true };

/** The source as something to hand to another window; null if there is nothing. */
export function handedBy(source: OpenSource, recent: RecentFiles): OpeningRequest | null {
  if (source.kind === 'lost') return { lost: source.id };
  const path = source.kind === 'recent' ? recent.pathOf(source.id) : null;
  return path === null ? null : { path };
}

/** Part of a prepared network that stays in the main process. */
interface MainPart extends Omit<FileState, 'path'> {
  /** Null: the engine keeps its weights. */
  readonly trained: ProjectWeights | null;
  /** Id of the lost work, if the network is lost work. */
  readonly lost?: string;
  /** Called after the window has taken the network. */
  readonly whenTaken?: () => void;
}

/** Network that is ready to replace the window's. */
interface ReadyNetwork extends MainPart {
  readonly opened: OpenedFile;
}

const pretrainedFolder = join(import.meta.dirname, '../data/pretrained');

const NOTHING_UNSAVED: OpenedFile['unsaved'] = { document: false, weights: false };

async function readNetworkFile(
  file: string,
): Promise<{ readonly project: OpenedProject; readonly stamp: FileStamp | null }> {
  const stamp = await fileStamp(file);
  return { project: await reading.read(file, basename(file)), stamp };
}

/** The saved weights of a file whose network was recovered without weights; null if the file cannot be read in full. */
async function partsOfFile(file: string | null): Promise<ProjectParts | null> {
  if (file === null) return null;
  try {
    const { project } = await readNetworkFile(file);
    // Saving would overwrite the readable rest of a damaged file.
    return project.remarks.length === 0 ? project : null;
  } catch (error) {
    console.error(error);
    return null;
  }
}

function unsavedWork({ document, unsaved }: OpenedFile): UnsavedWork | null {
  return unsaved.document || unsaved.weights ? { document, trained: unsaved.weights } : null;
}

async function readBeside(file: string): Promise<DesktopResult<'readNetwork'>> {
  const name = basename(file);
  try {
    const { document, remarks } = (await readNetworkFile(file)).project;
    return { ok: true, file: { name, document, remarks: [...remarks] } };
  } catch (error) {
    return { ok: false, message: explain(error, (reason) => texts.couldNotOpen(name, reason)) };
  }
}

/** Opens networks in a window: from files, from lost work, from checkpoints of runs. */
export function createOpening(
  { window, engine, recent, recovery, language, showElsewhere }: Surroundings,
  own: OwnFile,
  folder: DialogFolder,
): Opening {
  const importing = new Importing();
  let handed: OpeningRequest | null = null;
  let prepared: ReadyNetwork | null = null;
  let tickets = 0;

  function prepare(opened: Omit<OpenedFile, 'ticket'>, rest: MainPart): DesktopResult<'open'> {
    const file = { ...opened, ticket: ++tickets };
    prepared = { ...rest, opened: file };
    return { ok: true, file };
  }

  /** `keepsWeights`: the engine keeps its weights, as they belong to this file. */
  async function openPath(file: string, keepsWeights = false): Promise<DesktopResult<'open'>> {
    if (showElsewhere(file)) return { ok: true, file: null };
    const name = basename(file);
    try {
      const { project, stamp } = await readNetworkFile(file);
      const { document, weights, others, remarks, notice, imported } = project;
      if (imported !== undefined) return await prepareImported(file, project, imported);
      const thumbnail = await reading.thumbnail(document);
      // A file that could not be read in full is opened as a copy, so that saving does not overwrite it.
      const complete = remarks.length === 0;
      return prepare(
        {
          path: complete ? file : null,
          name,
          document,
          hasWeights: weights !== null,
          remarks: [...remarks],
          unsaved: NOTHING_UNSAVED,
          notice,
        },
        {
          trained: keepsWeights ? null : trainedOf(project),
          others,
          stamp: complete ? stamp : null,
          whenTaken: () => addRecentFile(recent, folder, file, thumbnail),
        },
      );
    } catch (error) {
      if (error instanceof ForeignOnnx) return importFile(file);
      return { ok: false, message: explain(error, (reason) => texts.couldNotOpen(name, reason)) };
    }
  }

  /** A model of another program. */
  async function importFile(file: string, sizes: Sizes = {}): Promise<DesktopResult<'open'>> {
    const name = basename(file);
    try {
      const imported = await importing.run(file, sizes, language());
      if (imported === null) return { ok: true, file: null };
      if ('needed' in imported) {
        const { message, needed } = imported;
        return { ok: false, message, needed: { name, sizes: needed } };
      }
      const { document, weights, report } = imported;
      return await prepareImported(file, { document, weights, others: {} }, reportLines(report), report.sizes);
    } catch (error) {
      return { ok: false, message: explain(error, (reason) => texts.couldNotOpen(name, reason)) };
    }
  }

  /** Work of another program becomes a new network without a file, with its weights and run. */
  async function prepareImported(
    file: string,
    { document, weights, others }: Pick<OpenedProject, 'document' | 'weights' | 'others'>,
    lines: readonly Text[],
    sizes: OpenedFile['sizes'] = [],
  ): Promise<DesktopResult<'open'>> {
    const hasWeights = weights !== null && weights.length > 0;
    const thumbnail = await reading.thumbnail(document);
    return prepare(
      {
        path: null,
        name: document.name,
        document,
        hasWeights,
        remarks: [],
        unsaved: { document: true, weights: hasWeights },
        notice: null,
        imported: [...lines],
        sizes,
      },
      {
        trained: trainedOf({ weights, others }),
        others,
        stamp: null,
        whenTaken: () => addRecentFile(recent, folder, file, thumbnail),
      },
    );
  }

  async function openDialog(): Promise<DesktopResult<'open'>> {
    const chosen = await chooseNetwork(window, folder.path(), language());
    return chosen === null ? { ok: true, file: null } : openPath(chosen);
  }

  async function openRecent(id: string): Promise<DesktopResult<'open'>> {
    const file = recent.pathOf(id);
    return file === null ? { ok: true, file: null } : openPath(file);
  }

  async function openLost(id: string): Promise<DesktopResult<'open'>> {
    const found = await recovery.read(id);
    if (found === null) return { ok: false, message: texts.lostIsGone };
    const { document, trained, path, stamp, damaged } = found;
    const parts = trained ?? (await partsOfFile(path));
    const unread = parts === null && path !== null ? texts.fileUnread(path) : null;
    return prepare(
      {
        path,
        name: path === null ? document.name : basename(path),
        document,
        hasWeights: (parts?.weights?.length ?? 0) > 0,
        remarks: [],
        unsaved: { document: true, weights: trained !== null },
        notice: damaged === null ? unread : texts.weightsAside(damaged),
      },
      { trained: parts === null ? nothingTrained : trainedOf(parts), others: parts?.others ?? {}, stamp, lost: id },
    );
  }

  /** A checkpoint opens as a new network without a file, with the weights and the run so far. */
  async function openRun(at: CheckpointRef): Promise<DesktopResult<'open'>> {
    try {
      const { document, weights, entries } = await engine.call('readCheckpoint', { at });
      const unsaved = { document: false, weights: true };
      return prepare(
        { path: null, name: document.name, document, hasWeights: true, remarks: [], unsaved, notice: null },
        { trained: trainedOf({ weights, others: entries }), others: entries, stamp: null },
      );
    } catch (error) {
      return { ok: false, message: explain(error, texts.couldNotOpenRun) };
    }
  }

  /** A network that ships with the app opens as a new one: its file is part of the program. */
  async function openPretrained(id: string): Promise<DesktopResult<'open'>> {
    try {
      const project = await reading.read(join(pretrainedFolder, `${id}.netloom`), id);
      const { document, weights, others } = project;
      return prepare(
        {
          path: null,
          name: document.name,
          document,
          hasWeights: weights !== null,
          remarks: [],
          unsaved: NOTHING_UNSAVED,
          notice: null,
        },
        { trained: trainedOf(project), others, stamp: null },
      );
    } catch (error) {
      return { ok: false, message: explain(error, (reason) => texts.couldNotOpen(id, reason)) };
    }
  }

  /** The engine has outlived the failed page, and with it the trained weights. */
  async function openOwn(): Promise<DesktopResult<'open'>> {
    // The failed page may have asked for a save or another network: that is done all the same.
    await own.settled();
    const { path, stamp, others } = own.file;
    if (own.unsaved === null) {
      return path === null ? { ok: true, file: null } : openPath(path, !(await hasChanged(path, stamp)));
    }
    const { document, trained } = own.unsaved;
    return prepare(
      {
        path,
        name: path === null ? document.name : basename(path),
        document,
        hasWeights: trained || engine.kept.weights.length > 0,
        remarks: [],
        unsaved: { document: true, weights: trained },
        notice: texts.pageFailed,
      },
      { trained: null, others, stamp },
    );
  }

  function openHanded(): Promise<DesktopResult<'open'>> {
    const given = handed;
    handed = null;
    if (given === null) return Promise.resolve({ ok: true, file: null });
    if ('own' in given) return openOwn();
    if ('aside' in given) return Promise.resolve({ ok: false, message: texts.setAside });
    return 'path' in given ? openPath(given.path) : openLost(given.lost);
  }

  async function take(ticket: number): Promise<DesktopResult<'takeOpened'>> {
    const next = prepared;
    prepared = null;
    if (next?.opened.ticket !== ticket) return { ok: false, message: texts.openedMeanwhile };
    const { opened, trained, others, stamp, lost } = next;
    try {
      if (trained !== null) await engine.hold(trained);
    } catch (error) {
      if (lost !== undefined && opened.unsaved.weights && !(error instanceof EngineStopped)) {
        return { ok: false, message: texts.weightsAside(await recovery.setWeightsAside(lost, error)) };
      }
      return { ok: false, message: explain(error, (reason) => texts.couldNotOpen(opened.name, reason)) };
    }
    // The engine has the weights: nothing fails from here on.
    const file = { path: opened.path, stamp, others };
    if (trained === null) own.changeFile(file);
    else own.changeNetwork(file, unsavedWork(opened));
    if (lost !== undefined) own.claim(lost);
    next.whenTaken?.();
    return { ok: true };
  }

  return {
    importing,
    openPath: (path) => openPath(path),
    takeOpened: (ticket) => own.inTurn(() => take(ticket)),
    hand(source) {
      handed = source;
    },

    async open(source) {
      switch (source.kind) {
        case 'dialog':
          return openDialog();
        case 'handed':
          return openHanded();
        case 'recent':
          return openRecent(source.id);
        case 'lost':
          return openLost(source.id);
        case 'run':
          return openRun(source.at);
        case 'pretrained':
          return openPretrained(source.id);
        case 'again':
          return importing.last === null ? { ok: true, file: null } : importFile(importing.last, source.sizes);
        default:
          return source satisfies never;
      }
    },

    async readNetwork(source) {
      const file =
        source.kind === 'recent' ? recent.pathOf(source.id) : await chooseNetwork(window, folder.path(), language());
      return file === null ? { ok: true, file: null } : readBeside(file);
    },
  };
}
