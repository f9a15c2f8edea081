import { create } from 'zustand';
import { withImageSettings, withOtherSource } from '../../../src/data/known.ts';
import { readingKey } from '../../../src/data/readingKey.ts';
import type { DataConfig } from '../../../src/graph/document.ts';
import type { CallAnswer } from '../../../src/protocol/calls.ts';
import { type Text, UserError } from '../../../src/text.ts';
import { callDesktop } from '../desktop/desktop.ts';
import { engine } from '../desktop/engine.ts';
import { useDocument, useUi } from '../stores/stores.ts';
import { useWorkspaces } from '../workspaces/workspaceStore.ts';
import { decodingEnded } from './decoding.ts';

/** Contents of own data as the engine has opened it. */
export type OpenedData = CallAnswer<'openData'>;

interface OwnDataState {
  /** Data that is being opened, with the files read so far of all; null while none is. */
  readonly opening: { readonly source: string; readonly done: number; readonly total: number } | null;
  /** Settings of the data opened last, and its contents. */
  readonly opened: { readonly data: DataConfig; readonly contents: OpenedData } | null;
  /** The last attempt failed. `wasOpen`: with data that was opened before, which may have moved. */
  readonly problem: { readonly source: string; readonly message: Text; readonly wasOpen: boolean } | null;
}

export const useOwnData = create<OwnDataState>()(() => ({ opening: null, opened: null, problem: null }));

/** Milliseconds between two looks at the progress. */
const LOOK_EVERY = 200;

const failed: Text = { en: 'The dataset could not be opened.', zh: '无法打开数据集。' };

/** Opens data in the engine; null where that failed, was canceled, or other data was asked for meanwhile. */
async function open(data: DataConfig, asIs: boolean): Promise<OpenedData | null> {
  const { source } = data;
  const mine = { source, done: 0, total: 0 };
  // The last problem stays until this attempt ends: its button must not go away under the pointer.
  useOwnData.setState({ opening: mine });
  let last: OwnDataState['opening'] = mine;
  const isMine = () => useOwnData.getState().opening === last;
  const look = setInterval(async () => {
    const { progress } = await engine.call('dataProgress', {}).catch(() => ({ progress: null }));
    if (progress === null || !isMine()) return;
    last = { source, ...progress };
    useOwnData.setState({ opening: last });
  }, LOOK_EVERY);
  try {
    const contents = await engine.call('openData', {
      document: { ...useDocument.getState().root, data },
      asIs,
      whole: false,
    });
    if (!isMine()) return null;
    useOwnData.setState({ problem: null });
    return contents;
  } catch (error) {
    if (isMine()) {
      const message = error instanceof UserError ? error.text : failed;
      const wasOpen = (data.sha256 ?? data.facts) !== undefined;
      useOwnData.setState({ problem: { source, message, wasOpen } });
    }
    return null;
  } finally {
    clearInterval(look);
    if (isMine()) useOwnData.setState({ opening: null });
  }
}

/** Opens a folder or file and makes it the network's dataset, as one step of the history. The old one stays where that fails. */
export async function takeData(source: string): Promise<void> {
  useUi.getState().showStartPage(false);
  useWorkspaces.getState().showWorkspace('data');
  await take((data) => withOtherSource(data, source));
}

/** The present dataset, read again with other settings of its images, columns or split. */
export function changeReading(
  change: Pick<Partial<DataConfig>, 'image' | 'table' | 'split' | 'labels'>,
): Promise<void> {
  const { source } = useDocument.getState().root.data;
  return take((data) => (data.source === source ? { ...data, ...change } : null));
}

/**
 * Reads the data that `next` makes of the present settings, and takes it. Settings that are changed while it is read stay changed;
 * `next` is null where the dataset has become another.
 */
async function take(next: (data: DataConfig) => DataConfig | null): Promise<void> {
  const wanted = next(useDocument.getState().root.data);
  if (wanted === null) return;
  const { facts: _, ...read } = wanted;
  const contents = await open(read, true);
  const { data: present } = useDocument.getState().root;
  const data = contents === null ? null : next(present);
  if (contents === null || data === null) return;
  const { facts, image, sha256 } = contents;
  const taken = {
    ...withImageSettings(data, facts),
    ...(image === null ? {} : { image }),
    ...(sha256 === null ? {} : { sha256 }),
    facts,
  };
  hold(taken, contents);
  useDocument.getState().editRoot([{ kind: 'setData', data: taken }]);
}

/** Opens the data of the network to look at it; the network does not change. */
export async function lookAtData(data: DataConfig): Promise<void> {
  const contents = await open(data, false);
  if (contents !== null) hold(data, contents);
}

/** Keeps data that was opened. Once all of its images are decoded, it is known which of them cannot be: these are left out. */
function hold(data: DataConfig, contents: OpenedData): void {
  useOwnData.setState({ opened: { data, contents } });
  if (contents.isDecoding) void lookAgain(data.source).catch(console.error);
}

async function lookAgain(source: string): Promise<void> {
  if (!(await decodingEnded(source))) return;
  const { root } = useDocument.getState();
  if (root.data.source !== source) return;
  const contents = await engine.call('openData', { document: root, asIs: false, whole: true });
  const { data } = useDocument.getState().root;
  if (readingKey(data) !== readingKey(root.data)) return;
  const { facts } = contents;
  const isSame = facts.count === data.facts?.count;
  const known = isSame ? data : { ...data, facts };
  hold(known, contents);
  if (!isSame) useDocument.getState().editRoot([{ kind: 'setData', data: known }]);
}

/** The user chooses a folder or a file. */
export async function chooseData(kind: 'folder' | 'file'): Promise<void> {
  const { path } = await callDesktop('chooseData', kind);
  if (path !== null) await takeData(path);
}

/** The user chooses the folder where the files of a published dataset lie; they are checked before they are opened. */
export async function chooseKnown(name: string): Promise<void> {
  const { path } = await callDesktop('chooseData', 'folder');
  if (path === null) return;
  try {
    const { folder } = await engine.call('findKnown', { name, folder: path });
    await takeData(folder);
  } catch (error) {
    const message = error instanceof UserError ? error.text : failed;
    useOwnData.setState({ problem: { source: path, message, wasOpen: false } });
  }
}

/** The user shows where the network's dataset is now; its settings stay. A file has an ending, a folder none. */
export async function findData(): Promise<void> {
  const { data } = useDocument.getState().root;
  const { path } = await callDesktop('chooseData', /\.\w+$/.test(data.source) ? 'file' : 'folder');
  if (path !== null) await take((present) => (present.source === data.source ? { ...present, source: path } : null));
}

export function cancelOpening(): void {
  useOwnData.setState({ opening: null });
  engine.call('cancelOpening', {}).catch(console.error);
}
