import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { DesktopApi } from '../src/desktopCalls.ts';

const call =
  (name: string) =>
  (...args: unknown[]): Promise<unknown> =>
    ipcRenderer.invoke(name, ...args);

// A fixed set of calls, so that the page cannot choose a channel. The main process validates arguments, the window
// results.
const api: DesktopApi = {
  open: call('open'),
  takeOpened: call('takeOpened'),
  importProgress: call('importProgress'),
  cancelImport: call('cancelImport'),
  readNetwork: call('readNetwork'),
  save: call('save'),
  savedToClose: call('savedToClose'),
  exportNetwork: call('exportNetwork'),
  saveFile: call('saveFile'),
  chooseData: call('chooseData'),
  newWindow: call('newWindow'),
  startPage: call('startPage'),
  forgetRecent: call('forgetRecent'),
  discardLost: call('discardLost'),
  keep: call('keep'),
  readLibrary: call('readLibrary'),
  saveBlock: call('saveBlock'),
  removeBlock: call('removeBlock'),
  importBlock: call('importBlock'),
  reset: call('reset'),
  runtime: call('runtime'),
  loadAgain: call('loadAgain'),
  setTitle: call('setTitle'),
  setMenu: call('setMenu'),
  readClipboard: call('readClipboard'),
  allowCamera: call('allowCamera'),
  writeClipboard: call('writeClipboard'),
  doRole: call('doRole'),
  editText: call('editText'),
  askUnsaved: call('askUnsaved'),
  connectEngine: call('connectEngine'),
  // The path belongs to a file that the user dropped; a page cannot name paths.
  openDropped: (files) =>
    ipcRenderer.invoke(
      'openDropped',
      files.map((file) => webUtils.getPathForFile(file as File)),
    ),
  onHanded(listener) {
    const forward = () => listener();
    ipcRenderer.on('handed', forward);
    return () => ipcRenderer.removeListener('handed', forward);
  },
  onLibrary(listener) {
    const forward = () => listener();
    ipcRenderer.on('library', forward);
    return () => ipcRenderer.removeListener('library', forward);
  },
  onCommand(listener) {
    const forward = (_event: unknown, command: unknown) => listener(command);
    ipcRenderer.on('command', forward);
    return () => ipcRenderer.removeListener('command', forward);
  },
};
contextBridge.exposeInMainWorld('netloom', api);

// Declared here, because electron/ is compiled without DOM types.
const page = globalThis as unknown as {
  readonly location: { readonly origin: string };
  postMessage(message: unknown, target: string, ports: unknown[]): void;
};

// A port cannot cross the context bridge, so it is posted as a window message.
ipcRenderer.on('engine', (event, link: unknown) => page.postMessage(link, page.location.origin, event.ports));
