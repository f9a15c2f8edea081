import type { DesktopResult, OpenedFile, OpenSource } from '../../../src/desktopCalls.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import type { Text } from '../../../src/text.ts';
import { callDesktop, openDropped } from '../desktop/desktop.ts';
import { holdEngine } from '../desktop/engine.ts';
import { control } from '../run/control.ts';
import { leaveQueue } from '../run/leaveQueue.ts';
import { recallRun } from '../run/recall.ts';
import { useDocument, useRun, useUi } from '../stores/stores.ts';
import { cancelImport, followImport } from './importing.ts';
import { drawNow, reasonOf } from './lastDrawn.ts';
import { readRecentFiles } from './recentFiles.ts';
import { replacing } from './replacing.ts';
import { mayLeave } from './saving.ts';

const { notify, select, showRemarks, showStartPage } = useUi.getState();

interface Next {
  /** Name of the file, or of the network if it has no file. */
  readonly name: string;
  readonly document: NetworkDocument;
  readonly path: string | null;
  readonly unsaved: boolean;
  /** Hands the network to the main process and the engine. */
  take(): Promise<{ readonly ok: true } | { readonly ok: false; readonly message: Text }>;
}

/**
 * Replaces the current network: renders the new one, then hands it to the main process and the engine. If a step fails,
 * everything is restored. Returns true on success.
 */
async function replace({ name, document, path, unsaved, take }: Next): Promise<boolean> {
  const before = useDocument.getState();
  const { selection } = useUi.getState();
  const askAgain = holdEngine();
  function goBack(message: Text): false {
    useDocument.setState(before);
    select(selection);
    notify({ tone: 'bad', about: 'open', message });
    return false;
  }
  try {
    drawNow(() => {
      select({});
      useDocument.getState().load(document, path, unsaved);
    });
    const taken = await take();
    if (taken.ok) leaveQueue();
    return taken.ok || goBack(taken.message);
  } catch (error) {
    console.error(error);
    return goBack(couldNotDraw(name, reasonOf(error)));
  } finally {
    askAgain();
  }
}

const couldNotDraw = (name: string, reason: string): Text => ({
  en: `“${name}” could not be drawn: ${reason}. The network on the canvas is unchanged.`,
  zh: `无法绘制“${name}”：${reason}。画布上的网络没有改变。`,
});

/** The network of the window as it was imported; null if it was not. */
let asImported: NetworkDocument | null = null;

async function show(file: OpenedFile): Promise<boolean> {
  const { document, path, name, hasWeights, remarks, unsaved, ticket, notice, imported, sizes = [] } = file;
  const take = () => callDesktop('takeOpened', ticket);
  if (!(await replacing(() => replace({ name, document, path, unsaved: unsaved.document, take })))) return false;
  control('stop');
  useRun.getState().reset(hasWeights, unsaved.weights);
  showStartPage(false);
  if (imported !== undefined) showRemarks({ name, remarks: imported, about: 'import', sizes });
  else showRemarks(remarks.length > 0 ? { name, remarks, about: 'damage', sizes } : null);
  asImported = imported === undefined ? null : useDocument.getState().root;
  recallRun().catch(console.error);
  // The file became a recent one after the network was drawn.
  readRecentFiles().catch(console.error);
  if (notice !== null) notify({ tone: 'info', about: 'open', message: notice });
  return true;
}

let turn: Promise<unknown> = Promise.resolve();

/** Queues the opening of networks, so that each starts after the previous one. An import that is under way is canceled. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  cancelImport();
  const result = turn.then(work);
  turn = result.catch(() => {});
  return result;
}

/** Resolves when no network is being opened. */
export const opened = (): Promise<unknown> => turn;

/** Returns true if another network was opened. */
const open = (ask: () => Promise<DesktopResult<'open'>>, leaves = mayLeave): Promise<boolean> =>
  inTurn(async () => {
    if (!(await leaves())) return false;
    const left = present();
    const answer = await followImport(ask);
    if (!answer.ok) showFailure(answer);
    if (!answer.ok || answer.file === null) return false;
    // The user may have worked on while a model was imported.
    const isSame = present().every((part, i) => part === left[i]);
    return (isSame || (await mayLeave())) && show(answer.file);
  });

function showFailure({ message, needed }: Extract<DesktopResult<'open'>, { ok: false }>): void {
  if (needed === undefined) notify({ tone: 'bad', about: 'open', message });
  else showRemarks({ ...needed, remarks: [message], about: 'sizes' });
}

/** Network and run of the window. Weights that the same run goes on to change are as unsaved as those before. */
const present = () => [useDocument.getState().root, useRun.getState().run] as const;

export const openFrom = (source: OpenSource): Promise<boolean> => open(() => callDesktop('open', source));

/** Imports the last model again, with other sizes. No question is asked about a network that nobody has changed since its import. */
export const importAgain = (sizes: Readonly<Record<string, number>>): Promise<boolean> => {
  showRemarks(null);
  return open(
    () => callDesktop('open', { kind: 'again', sizes }),
    async () => {
      const [root, run] = present();
      return (root === asImported && run === null) || mayLeave();
    },
  );
};

/** Opens dropped files: networks, or the dataset that `onData` takes. Returns whether another network was opened. */
export const openFiles = async (files: readonly File[], onData: (path: string) => void): Promise<boolean> => {
  const answer = await followImport(() => openDropped(files));
  if (answer.ok !== 'data') return open(async () => answer);
  onData(answer.path);
  return false;
};

/** Opens a network without a file and with new weights: an empty one, or a template. */
export const startFrom = (document: NetworkDocument): Promise<void> =>
  inTurn(async () => {
    if (!(await mayLeave())) return;
    const take = () => callDesktop('reset');
    if (!(await replacing(() => replace({ name: document.name, document, path: null, unsaved: false, take })))) return;
    control('stop');
    useRun.getState().reset(false);
    showStartPage(false);
    showRemarks(null);
  });
