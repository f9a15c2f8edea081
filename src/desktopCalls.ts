import { z } from 'zod';
import { sharedBlockSchema } from './graph/blockFile.ts';
import { documentSchema } from './graph/document.ts';
import { exportChoices, exportReport } from './protocol/exported.ts';
import { chosenSize, importPhase } from './protocol/imported.ts';
import { weightMoves } from './protocol/weights.ts';
import { checkpointRef, runId } from './runs/record.ts';
import { languageSchema, textSchema } from './text.ts';
import { themeSchema } from './theme.ts';

/** A file that the main process has read for the window. The window never names paths itself. */
const openedFile = z.object({
  /** Identifies the file for `takeOpened`. */
  ticket: z.int(),
  /** Path to which the network is saved; null for a copy, and for a network that was never saved. */
  path: z.string().nullable(),
  document: documentSchema,
  hasWeights: z.boolean(),
  /** Parts of the file that could not be read. Such a file is opened as a copy. */
  remarks: z.array(textSchema),
  /** Name of the read file. */
  name: z.string(),
  /** True for recovered unsaved changes of the network, and of the weights. */
  unsaved: z.object({ document: z.boolean(), weights: z.boolean() }),
  /** A further message about the file. */
  notice: textSchema.nullable(),
  /** Facts about the import of a model of another program, one per line; absent for other files. */
  imported: z.array(textSchema).optional(),
  /** Sizes that the imported model leaves open. */
  sizes: z.array(chosenSize).optional(),
});
export type OpenedFile = z.infer<typeof openedFile>;

const opened = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), file: openedFile.nullable() }),
  z.object({
    ok: z.literal(false),
    message: textSchema,
    /** A model that needs other sizes than those that were tried: its file, and its open sizes. */
    needed: z.object({ name: z.string(), sizes: z.array(chosenSize) }).optional(),
  }),
]);

/** The first of the dropped files is data, not a network: its path. */
const droppedData = z.object({ ok: z.literal('data'), path: z.string() });

const openDialog = z.object({ kind: z.literal('dialog') });
const openRecent = z.object({ kind: z.literal('recent'), id: z.string() });

/**
 * Source of a network, as named by the window. `handed`: a file that the main process has for the window; `run`: a kept
 * checkpoint; `pretrained`: a trained network that ships with the app; `again`: the model that was imported last, with other sizes for
 * its open axes.
 */
const openSource = z.discriminatedUnion('kind', [
  openDialog,
  z.object({ kind: z.literal('handed') }),
  openRecent,
  z.object({ kind: z.literal('lost'), id: z.string() }),
  z.object({ kind: z.literal('run'), at: checkpointRef }),
  z.object({ kind: z.literal('pretrained'), id: z.string().regex(/^\w{1,64}$/) }),
  z.object({ kind: z.literal('again'), sizes: z.record(z.string(), z.int().positive()) }),
]);
export type OpenSource = z.infer<typeof openSource>;

/** A picture of a network as SVG, for light and dark themes. */
const thumbnail = z.object({ light: z.string(), dark: z.string() });
export type Thumbnail = z.infer<typeof thumbnail>;

/** A recent file. Times are in milliseconds since 1970. */
const recentFile = z.object({
  id: z.string(),
  name: z.string(),
  folder: z.string(),
  at: z.number(),
  missing: z.boolean(),
  thumbnail: thumbnail.nullable(),
});
export type RecentFile = z.infer<typeof recentFile>;

/** A network with unsaved changes when the app ended. */
const lostNetwork = z.object({
  id: z.string(),
  name: z.string(),
  /** Folder of the file that it was opened from or saved to. */
  folder: z.string().nullable(),
  at: z.number(),
  thumbnail: thumbnail.nullable(),
});
export type LostNetwork = z.infer<typeof lostNetwork>;

/** Menu actions that the main process handles. */
const menuRole = z.enum(['quit', 'zoomIn', 'zoomOut', 'resetZoom', 'togglefullscreen']);

/** The menu of the window. The window knows its language and keys; the main process draws it. */
const menuItem = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('command'),
    id: z.string(),
    label: z.string(),
    /** Key in Electron's notation. It is only shown; the window handles the keys. */
    accelerator: z.string().nullable(),
    enabled: z.boolean(),
  }),
  z.object({ kind: z.literal('role'), role: menuRole, label: z.string() }),
  z.object({ kind: z.literal('line') }),
  /** The submenu of recent files, filled by the main process. */
  z.object({ kind: z.literal('recent'), label: z.string() }),
  z.object({
    kind: z.literal('submenu'),
    label: z.string(),
    get items(): z.ZodArray<typeof menuItem> {
      return z.array(menuItem);
    },
  }),
]);
export type MenuItem = z.infer<typeof menuItem>;
export type MenuRole = z.infer<typeof menuRole>;

const done = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), message: textSchema }),
]);

/** The user's blocks, sorted by title, and the unreadable block files. */
const libraryState = z.object({
  blocks: z.array(z.object({ id: z.string(), block: sharedBlockSchema })),
  damaged: z.array(z.object({ file: z.string(), reason: textSchema })),
});
export type LibraryState = z.infer<typeof libraryState>;

/**
 * Source of the weights in a saved project: the engine, or without an engine the last checkpoint of the run, the last
 * opened or saved file, or none.
 */
const trainedSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['engine', 'file', 'none']) }),
  z.object({ kind: z.literal('checkpoint'), step: z.int() }),
]);
export type TrainedSource = z.infer<typeof trainedSource>;

/** Id of a block, used as part of a file name. */
const libraryId = z.string().regex(/^[\w-]{1,64}$/);

/** The import of a model that is under way. */
const importProgress = z.object({
  /** Name of the file. */
  name: z.string(),
  phase: importPhase,
  /** Time since its start. */
  seconds: z.number(),
});
export type ImportProgress = z.infer<typeof importProgress>;

/** Calls from the window to the main process, with arguments and result. */
export const desktopCalls = {
  /**
   * Reads a file for this window, which does not change until `takeOpened`. Null if the user cancels, if there is no
   * handed file, or if another window has the file.
   */
  open: { args: z.tuple([openSource]), result: opened },
  /**
   * Called when the page has drawn the opened network: its weights and file become those of the window. On failure,
   * nothing changes.
   */
  takeOpened: { args: z.tuple([z.int()]), result: done },
  /** The import that `open` or `openDropped` waits for; null if there is none. */
  importProgress: { args: z.tuple([]), result: importProgress.nullable() },
  /** Ends the import that is under way: its `open` results in null. */
  cancelImport: { args: z.tuple([]), result: z.object({ ok: z.literal(true) }) },
  /** Reads another network without changing the open one. Null if the user cancels, or if the file no longer exists. */
  readNetwork: {
    args: z.tuple([z.discriminatedUnion('kind', [openDialog, openRecent])]),
    result: z.discriminatedUnion('ok', [
      z.object({
        ok: z.literal(true),
        file: openedFile.pick({ name: true, document: true, remarks: true }).nullable(),
      }),
      z.object({ ok: z.literal(false), message: textSchema }),
    ]),
  },
  /**
   * Opens dropped files, the first in this window. The page passes files; the preload script converts them to paths.
   */
  openDropped: { args: z.tuple([z.array(z.string())]), result: z.union([opened, droppedData]) },
  /** Path of a folder or file with data, or of a file with weights, that the user chooses; null if the user cancels. */
  chooseData: {
    args: z.tuple([z.enum(['folder', 'file', 'weights'])]),
    result: z.object({ path: z.string().nullable() }),
  },
  /** Opens another window, with the named network. */
  newWindow: { args: z.tuple([openSource.nullable()]), result: z.object({ ok: z.literal(true) }) },
  /** Reads the content of the start page. */
  startPage: {
    args: z.tuple([]),
    result: z.object({
      recent: z.array(recentFile),
      lost: z.array(lostNetwork),
      /** Unreadable unsaved work and settings: their current path, and the reason. */
      damaged: z.array(z.object({ file: z.string(), reason: textSchema })),
    }),
  },
  /** Removes a file from the recent files; null removes all. */
  forgetRecent: { args: z.tuple([z.string().nullable()]), result: z.object({ ok: z.literal(true) }) },
  /** Discards unsaved work. */
  discardLost: { args: z.tuple([z.string()]), result: z.object({ ok: z.literal(true) }) },
  /**
   * Keeps unsaved work for the next start after a crash; null if there is none. `weights`: also keeps the weights of
   * the engine; otherwise, those last kept or in the file stay.
   */
  keep: {
    args: z.tuple([z.object({ document: documentSchema, weights: z.boolean() }).nullable()]),
    result: z.object({ ok: z.literal(true) }),
  },
  /**
   * Saves to the last opened or saved file (`as`: asks for a file); null if the user cancels. `name`: new name of the
   * document. `run`: run of the unsaved weights of the window; without an engine, they are read from its last
   * checkpoint.
   */
  save: {
    args: z.tuple([
      documentSchema,
      z.object({ as: z.boolean(), run: z.object({ id: runId, moved: weightMoves }).nullable() }),
    ]),
    result: z.discriminatedUnion('ok', [
      z.object({
        ok: z.literal(true),
        saved: z.object({ path: z.string(), name: z.string(), trained: trainedSource }).nullable(),
      }),
      z.object({ ok: z.literal(false), message: textSchema }),
    ]),
  },
  /** Answer to `SAVE_TO_CLOSE`; false if the network was not saved, so that the window stays open. */
  savedToClose: { args: z.tuple([z.boolean()]), result: z.object({ ok: z.literal(true) }) },
  /**
   * Asks for a file, or for a format with several files for a folder, and exports the network; null if the user cancels.
   * A folder with contents gets a new folder for the project.
   */
  exportNetwork: {
    args: z.tuple([documentSchema, exportChoices.extend({ at: checkpointRef.nullable() })]),
    result: z.discriminatedUnion('ok', [
      z.object({
        ok: z.literal(true),
        written: z.object({ report: exportReport, path: z.string(), bytes: z.number() }).nullable(),
      }),
      z.object({ ok: z.literal(false), message: textSchema }),
    ]),
  },
  /**
   * Asks for a file and writes the bytes; null if the user cancels. A name without an extension of the filters gets the
   * first one.
   */
  saveFile: {
    args: z.tuple([
      z.object({
        suggestedName: z.string().min(1),
        filters: z.array(z.object({ name: z.string(), extensions: z.array(z.string().regex(/^\w+$/)).min(1) })).min(1),
        bytes: z.instanceof(Uint8Array),
      }),
    ]),
    result: z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), path: z.string().nullable() }),
      z.object({ ok: z.literal(false), message: textSchema }),
    ]),
  },
  readLibrary: { args: z.tuple([]), result: libraryState },
  /** Saves a block in the library, under a new id or replacing the block with this id. */
  saveBlock: { args: z.tuple([libraryId, sharedBlockSchema]), result: done },
  removeBlock: { args: z.tuple([libraryId]), result: done },
  /** Asks for a block file and reads it; null if the user cancels. */
  importBlock: {
    args: z.tuple([]),
    result: z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), block: sharedBlockSchema.nullable() }),
      z.object({ ok: z.literal(false), message: textSchema }),
    ]),
  },
  /** Drops the file and the weights of the engine, because the window starts another network. */
  reset: { args: z.tuple([]), result: z.object({ ok: z.literal(true) }) },
  /** Reloads the page of the window with the last kept work. */
  loadAgain: { args: z.tuple([]), result: z.object({ ok: z.literal(true) }) },
  /** `other`: version of the running Electron if it differs from that of releases. */
  runtime: { args: z.tuple([]), result: z.object({ other: z.string().nullable() }) },
  /** Sends the data for the title bar and the question before closing. */
  setTitle: {
    args: z.tuple([
      z.object({
        name: z.string(),
        unsaved: z.boolean(),
        /** True if the window is still unused, so that a file may be opened in it. */
        blank: z.boolean(),
        language: languageSchema,
        theme: themeSchema,
      }),
    ]),
    result: z.object({ ok: z.literal(true) }),
  },
  /** Sets the window's menu. */
  setMenu: { args: z.tuple([z.array(menuItem)]), result: z.object({ ok: z.literal(true) }) },
  /** Reads text from the system clipboard, which the page may not access; empty for other content. */
  readClipboard: { args: z.tuple([]), result: z.string() },
  /** Allows the camera while the user uses it. False if the camera is not available. */
  allowCamera: { args: z.tuple([z.boolean()]), result: z.boolean() },
  writeClipboard: { args: z.tuple([z.string()]), result: z.object({ ok: z.literal(true) }) },
  /** Performs a menu action of the main process, for the menu drawn by the window. */
  doRole: { args: z.tuple([menuRole]), result: z.object({ ok: z.literal(true) }) },
  /** Applies an item of the Edit menu to the focused text field. */
  editText: {
    args: z.tuple([z.enum(['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'])]),
    result: z.object({ ok: z.literal(true) }),
  },
  /** Asks whether to save unsaved changes before another network replaces them. */
  askUnsaved: { args: z.tuple([]), result: z.enum(['save', 'discard', 'cancel']) },
  /**
   * Requests the port to the engine. It is sent as a window message (`EngineLink`), because a port cannot be a result.
   */
  connectEngine: { args: z.tuple([]), result: z.object({ ok: z.literal(true) }) },
} as const;

export type DesktopCall = keyof typeof desktopCalls;
export type DesktopArgs<C extends DesktopCall> = z.infer<(typeof desktopCalls)[C]['args']>;
export type DesktopResult<C extends DesktopCall> = z.infer<(typeof desktopCalls)[C]['result']>;

/** URL fragment of the page if the main process has a file for the window from the start. */
export const HANDED = 'handed';

/** Sent like a menu command: save, then call `savedToClose`. */
export const SAVE_TO_CLOSE = 'saveToClose';

/** Id of a command of the window, from a menu item or its key. */
export const menuCommand = z.string();

/**
 * Message to the window about its engine. `ready` and `restarted` come with a port; after a crash (`restarted`), the
 * run has ended and the weights are the last opened or saved ones. `failed`: the engine cannot be started.
 */
export const engineLink = z.object({ kind: z.literal('engine'), state: z.enum(['ready', 'restarted', 'failed']) });
export type EngineLink = z.infer<typeof engineLink>;

/** The API of the preload script for the window: a fixed set of calls, menu commands and files from outside. */
export type DesktopApi = {
  readonly [C in Exclude<DesktopCall, 'openDropped'>]: (...args: DesktopArgs<C>) => Promise<unknown>;
} & {
  /** Opens dropped files (DOM `File`s), whose paths only the preload script can read. */
  openDropped(files: readonly object[]): Promise<unknown>;
  /**
   * Listens for files that the main process has for the window, to `open` as `handed`. Returns a function that stops
   * listening.
   */
  onHanded(listener: () => void): () => void;
  /** Listens for changes of the library by any window. Returns a function that stops listening. */
  onLibrary(listener: () => void): () => void;
  /** Listens for menu commands. Returns a function that stops listening. */
  onCommand(listener: (command: unknown) => void): () => void;
};
