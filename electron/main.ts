import { app, session } from 'electron';
import { openWindow } from './window.ts';

// Playwright and `npm start` as root switch Chromium's sandbox off; asking for it then would keep the app from starting.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();

// Tests keep their settings apart from the user's; what the page remembers does not follow by itself.
const userData = app.commandLine.getSwitchValue('user-data-dir');
if (userData !== '') {
  app.setPath('userData', userData);
  app.setPath('sessionData', userData);
}

/** Nothing comes from the network, and nothing on the page may ask for a device or a permission. */
function lockDown(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.webRequest.onBeforeRequest(({ url }, decide) => {
    decide({ cancel: !/^(file|data|blob|devtools):/.test(url) });
  });
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

if (app.requestSingleInstanceLock()) {
  app.on('window-all-closed', () => app.quit());
  app.whenReady().then(
    () => {
      lockDown();
      const window = openWindow();
      app.on('second-instance', () => {
        if (window.isDestroyed()) return;
        if (window.isMinimized()) window.restore();
        window.focus();
      });
    },
    (error: unknown) => {
      console.error(error);
      app.exit(1);
    },
  );
} else {
  app.quit();
}
