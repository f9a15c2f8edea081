import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, type Event, session } from 'electron';
import { z } from 'zod';
import { mayCheck, mayRequest } from './camera.ts';
import { takeOverStorage } from './oldStorage.ts';
import { filesIn } from './openWith.ts';
import { registerPageProtocol, SCHEME, servePage } from './pageProtocol.ts';
import { openSettings } from './settings.ts';
import { openWindows, type Windows } from './windows.ts';

// Playwright and `npm start` as root turn Chromium's sandbox off; with it enabled here, the app would not start.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();

registerPageProtocol();

// Tests use another folder for settings. The storage of the page does not follow this switch by itself.
const userData = app.commandLine.getSwitchValue('user-data-dir');
if (userData !== '') {
  app.setPath('userData', userData);
  app.setPath('sessionData', userData);
}

/** Addresses inside the app. */
const own = new RegExp(`^(${SCHEME}|data|blob|devtools):`);

/** Blocks all network access, all devices and all permissions, except the camera while the user uses it. */
function lockDown(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((contents, permission, decide, details) =>
    decide(mayRequest(contents, permission, details)),
  );
  defaultSession.setPermissionCheckHandler((contents, permission, _origin, details) =>
    mayCheck(contents, permission, details),
  );
  defaultSession.webRequest.onBeforeRequest(({ url }, decide) => {
    decide({ cancel: !own.test(url) });
  });
  // Chromium would look its dictionaries up, whether or not a window checks spelling.
  defaultSession.setSpellCheckerLanguages([]);
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    // Without a proxy, this policy blocks all peer connections, including those to addresses of this computer.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  });
}

/** Files that the system opened before the first window existed. */
const early: string[] = [];
let windows: Windows | null = null;

function openFiles(files: readonly string[]): void {
  if (windows === null) early.push(...files);
  else for (const file of files) windows.openFile(file);
}

/** Opens the files of a second start of the app, or shows the running app. */
function onSecondStart(given: unknown): void {
  const { data = [] } = z.array(z.string()).safeParse(given);
  if (data.length > 0) openFiles(filesIn(data, process.cwd()));
  else windows?.showLast();
}

let quitting = false;

/** Asks every window in turn; the app keeps running if the user cancels once. */
function quitWhenAllMay(event: Event): void {
  if (quitting || windows === null) return;
  event.preventDefault();
  quitting = true;
  windows
    .closeAll()
    .catch((error: unknown) => {
      console.error(error);
      return false;
    })
    .then((closed) => {
      if (closed) app.quit();
      else quitting = false;
    });
}

async function start(): Promise<void> {
  const folder = join(import.meta.dirname, '../renderer');
  servePage(session.defaultSession, folder);
  const settings = openSettings();
  const done = await takeOverStorage(settings, folder);
  lockDown();
  windows = openWindows(settings);
  const [first, ...rest] = early.splice(0);
  windows.open(first === undefined ? null : { path: first });
  openFiles(rest);
  done?.destroy();
  app.on('before-quit', quitWhenAllMay);
}

// Unless the app is packaged, the first argument is its folder.
const files = filesIn(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd());
// Passed to the running app as URLs, which are ASCII, because other characters were lost.
if (app.requestSingleInstanceLock(files.map((file) => pathToFileURL(file).href))) {
  early.push(...files);
  app.on('window-all-closed', () => app.quit());
  app.on('open-file', (event, path) => {
    event.preventDefault();
    openFiles([path]);
  });
  app.on('second-instance', (_event, _argv, _folder, given) => onSecondStart(given));
  app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      console.error(error);
      app.exit(1);
    });
} else {
  app.quit();
}
