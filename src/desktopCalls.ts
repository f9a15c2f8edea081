import { z } from 'zod';
import { sharedBlockSchema } from './graph/blockFile.ts';
import { documentSchema } from './graph/document.ts';
import { exported } from './protocol/exported.ts';
import { weightMoves } from './protocol/weights.ts';
import { checkpointRef, runId } from './runs/record.ts';
import { languageSchema, textSchema } from './text.ts';
import { themeSchema } from './theme.ts';

/** What the main process has read for the window; the window never names paths itself. */
const openedFile = z.object({
  /** Names it for `takeOpened`. */
  ticket: z.int(),
  /** The file that saving writes to; null for a copy without one, and for what never had one. */
  path: z.string().nullable(),
  document: documentSchema,
  hasWeights: z.boolean(),
  /** What the file holds and this version could not read; such a file is opened as a copy. */
  remarks: z.array(textSchema),
  /** Of the file that was read. */
  name: z.string(),
  /** Recovered changes that no file has: of the drawing, and of the weights. */
  unsaved: z.object({ document: z.boolean(), weights: z.boolean() }),
  /** What else there is to say of it. */
  notice: textSchema.nullable(),
});
export type OpenedFile = z.infer<typeof openedFile>;

const opened = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), file: openedFile.nullable() }),
  z.object({ ok: z.literal(false), message: textSchema }),
]);

const openDialog = z.object({ kind: z.literal('dialog') });
const openRecent = z.object({ kind: z.literal('recent'), id: z.string() });

/** Where a network comes from, as the window may name it. `handed`: a file that main has for the window; `run`: a kept checkpoint. */
const openSource = z.discriminatedUnion('kind', [
  openDialog,
  z.object({ kind: z.literal('handed') }),
  openRecent,
  z.object({ kind: z.literal('lost'), id: z.string() }),
  z.object({ kind: z.literal('run'), at: checkpointRef }),
]);
export type OpenSource = z.infer<typeof openSource>;

/** A picture of a network as SVG, for light and dark surroundings. */
const thumbnail = z.object({ light: z.string(), dark: z.string() });
export type Thumbnail = z.infer<typeof thumbnail>;

/** A file that was open not long ago. Times are milliseconds since 1970. */
const recentFile = z.object({
  id: z.string(),
  name: z.string(),
  folder: z.string(),
  at: z.number(),
  missing: z.boolean(),
  thumbnail: thumbnail.nullable(),
});
export type RecentFile = z.infer<typeof recentFile>;

/** A network with changes that were not saved when the app ended. */
const lostNetwork = z.object({
  id: z.string(),
  name: z.string(),
  /** Of the file that it was opened from or saved to. */
  folder: z.string().nullable(),
  at: z.number(),
  thumbnail: thumbnail.nullable(),
});
export type LostNetwork = z.infer<typeof lostNetwork>;

/** What main does by itself when it is chosen from the menu. */
const menuRole = z.enum(['quit', 'zoomIn', 'zoomOut', 'resetZoom', 'togglefullscreen']);

/** The window's menu, in its language and with its keys: the window knows both, main draws it. */
const menuItem = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('command'),
    id: z.string(),
    label: z.string(),
    /** As Electron writes it; shown only, the window listens to the keys itself. */
    accelerator: z.string().nullable(),
    enabled: z.boolean(),
  }),
  z.object({ kind: z.literal('role'), role: menuRole, label: z.string() }),
  z.object({ kind: z.literal('line') }),
  /** A submenu of the files that were open not long ago: main knows them. */
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

/** The user's own blocks, by title, and the files of blocks that could not be read. */
const libraryState = z.object({
  blocks: z.array(z.object({ id: z.string(), block: sharedBlockSchema })),
  damaged: z.array(z.object({ file: z.string(), reason: textSchema })),
});
export type LibraryState = z.infer<typeof libraryState>;

/**
 * Where the weights of a saved project come from: the engine, or without one the last checkpoint of the run, the file as it
 * was last opened or saved, or nowhere.
 */
const trainedSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['engine', 'file', 'none']) }),
  z.object({ kind: z.literal('checkpoint'), step: z.int() }),
]);
export type TrainedSource = z.infer<typeof trainedSource>;

/** It becomes part of a file's name. */
const libraryId = z.string().regex(/^[\w-]{1,64}$/);

/** Calls from the window to the main process: the arguments and the result of each. */
export const desktopCalls = {
  /**
   * Reads a file for this window, which stays as it is until `takeOpened`. Null when the user cancels, when nothing was
   * handed, or when another window has it.
   */
  open: { args: z.tuple([openSource]), result: opened },
  /** The page has drawn what was opened: weights and file become those of it. Where that fails, nothing has changed. */
  takeOpened: { args: z.tuple([z.int()]), result: done },
  /** Reads a network beside the one that is open, which stays. Null when the user cancels, or when the file is gone. */
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
  /** Opens dropped files, the first in this window. The page hands over files; the preload script makes paths of them. */
  openDropped: { args: z.tuple([z.array(z.string())]), result: opened },
  /** Opens another window, with what is named in it. */
  newWindow: { args: z.tuple([openSource.nullable()]), result: z.object({ ok: z.literal(true) }) },
  /** What the start page offers. */
  startPage: {
    args: z.tuple([]),
    result: z.object({
      recent: z.array(recentFile),
      lost: z.array(lostNetwork),
      /** Lost work and settings that cannot be read: where they are kept now, and the reason. */
      damaged: z.array(z.object({ file: z.string(), reason: textSchema })),
    }),
  },
  /** Takes a file off the recent ones; null takes all. */
  forgetRecent: { args: z.tuple([z.string().nullable()]), result: z.object({ ok: z.literal(true) }) },
  /** Gives up what was lost. */
  discardLost: { args: z.tuple([z.string()]), result: z.object({ ok: z.literal(true) }) },
  /**
   * Keeps unsaved work where the next start finds it after a crash; null: there is none. `weights` keeps those of the
   * engine, too: without, they stay as they were last kept or as the file has them.
   */
  keep: {
    args: z.tuple([z.object({ document: documentSchema, weights: z.boolean() }).nullable()]),
    result: z.object({ ok: z.literal(true) }),
  },
  /**
   * Saves to the file last opened or saved (`as`: asks for one); null when the user cancels. `name`: what the document is
   * called from now on. `run`: whose weights the window has, if they are unsaved; without an engine they come from its
   * last checkpoint.
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
  /** The window was told to save before it closes (`SAVE_TO_CLOSE`): false when it is not saved, and stays open. */
  savedToClose: { args: z.tuple([z.boolean()]), result: z.object({ ok: z.literal(true) }) },
  /** Asks where to, and writes the inference model; null when the user cancels. `fold`: batch norm into the layer before. */
  exportOnnx: {
    args: z.tuple([documentSchema, z.object({ opset: z.int(), fold: z.boolean(), at: checkpointRef.nullable() })]),
    result: z.discriminatedUnion('ok', [
      z.object({
        ok: z.literal(true),
        written: exported.omit({ model: true, external: true }).extend({ path: z.string(), bytes: z.int() }).nullable(),
      }),
      z.object({ ok: z.literal(false), message: textSchema }),
    ]),
  },
  /**
   * Asks where to and writes those bytes; null when the user cancels. A name without one of the filters' extensions gets
   * the first.
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
  /** Keeps a block in the library, under a new id or in the place of what has it. */
  saveBlock: { args: z.tuple([libraryId, sharedBlockSchema]), result: done },
  removeBlock: { args: z.tuple([libraryId]), result: done },
  /** Asks for a file of a block and reads it; null when the user cancels. */
  importBlock: {
    args: z.tuple([]),
    result: z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), block: sharedBlockSchema.nullable() }),
      z.object({ ok: z.literal(false), message: textSchema }),
    ]),
  },
  /** Forgets the file and the engine's weights: the window starts on another network. */
  reset: { args: z.tuple([]), result: z.object({ ok: z.literal(true) }) },
  /** Loads the window's page again, with the work that was kept last. */
  loadAgain: { args: z.tuple([]), result: z.object({ ok: z.literal(true) }) },
  /** `other`: the version of Electron that the app runs on, where it is not the one of releases. */
  runtime: { args: z.tuple([]), result: z.object({ other: z.string().nullable() }) },
  /** Tells main what the window's title bar and close question need. */
  setTitle: {
    args: z.tuple([
      z.object({
        name: z.string(),
        unsaved: z.boolean(),
        /** Nothing was drawn or opened yet: a file from outside may take the window. */
        blank: z.boolean(),
        language: languageSchema,
        theme: themeSchema,
      }),
    ]),
    result: z.object({ ok: z.literal(true) }),
  },
  /** Sets the window's menu. */
  setMenu: { args: z.tuple([z.array(menuItem)]), result: z.object({ ok: z.literal(true) }) },
  /** The text of the system's clipboard: the page itself may not touch it. Empty when it holds something else. */
  readClipboard: { args: z.tuple([]), result: z.string() },
  /** The user asks for the camera, or is done with it: the page may have it only in between. False: it cannot be had. */
  allowCamera: { args: z.tuple([z.boolean()]), result: z.boolean() },
  writeClipboard: { args: z.tuple([z.string()]), result: z.object({ ok: z.literal(true) }) },
  /** Does what main does by itself, for the menu that the window draws. */
  doRole: { args: z.tuple([menuRole]), result: z.object({ ok: z.literal(true) }) },
  /** Does in the text field that has the focus what the menu's Edit items mean there. */
  editText: {
    args: z.tuple([z.enum(['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'])]),
    result: z.object({ ok: z.literal(true) }),
  },
  /** Asks what to do with unsaved changes before another network takes their place. */
  askUnsaved: { args: z.tuple([]), result: z.enum(['save', 'discard', 'cancel']) },
  /** Asks for the port to the engine: it comes as a window message (`EngineLink`), as a port cannot be a result. */
  connectEngine: { args: z.tuple([]), result: z.object({ ok: z.literal(true) }) },
} as const;

export type DesktopCall = keyof typeof desktopCalls;
export type DesktopArgs<C extends DesktopCall> = z.infer<(typeof desktopCalls)[C]['args']>;
export type DesktopResult<C extends DesktopCall> = z.infer<(typeof desktopCalls)[C]['result']>;

/** The fragment of the page's address when main has a file for the window from the start. */
export const HANDED = 'handed';

/** In the place of a menu command: save, then tell main (`savedToClose`). */
export const SAVE_TO_CLOSE = 'saveToClose';

/** A chosen menu item, or a key that the menu took: the id of a command of the window. */
export const menuCommand = z.string();

/**
 * What main tells the window about its engine. `ready` and `restarted` (after a crash: the run is lost, the weights are
 * those last opened or saved) come with a port; `failed` means that it does not start any more.
 */
export const engineLink = z.object({ kind: z.literal('engine'), state: z.enum(['ready', 'restarted', 'failed']) });
export type EngineLink = z.infer<typeof engineLink>;

/** What the preload script gives to the window: a closed set of calls, the menu's commands and what comes from outside. */
export type DesktopApi = {
  readonly [C in Exclude<DesktopCall, 'openDropped'>]: (...args: DesktopArgs<C>) => Promise<unknown>;
} & {
  /** The files of a drop (DOM `File`s): only the preload script can tell their paths. */
  openDropped(files: readonly object[]): Promise<unknown>;
  /** Main has a file for the window: `open` it as `handed`. Returns how to stop listening. */
  onHanded(listener: () => void): () => void;
  /** The library has changed, here or in another window. Returns how to stop listening. */
  onLibrary(listener: () => void): () => void;
  /** Returns how to stop listening. */
  onCommand(listener: (command: unknown) => void): () => void;
};
