// Stands where Electron's own default app stands: what `electron [-r FILE] [--flags] APP`
// runs first. It takes the options the tools use (-r/--require for Playwright's loader,
// -v/--version), names the app after its package.json, and loads APP's entry point.
//
// It must be an ES module that awaits the app's import: Electron holds back `ready` until
// its entry module has finished, and an app whose own entry is an ES module would
// otherwise be loaded too late for app.enableSandbox(), protocol.registerSchemesAsPrivileged()
// and the like ("can only be called before app is ready").

import fs from 'node:fs';
import { Module } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron/main';

const args = process.argv.slice(1);
const required = [];
let target;
while (args.length > 0 && target === undefined) {
  const arg = args.shift();
  if (arg === '-r' || arg === '--require') required.push(args.shift());
  else if (arg === '-v' || arg === '--version') {
    console.log(`v${process.versions.electron}`);
    process.exit(0);
  } else if (!arg.startsWith('-')) target = path.resolve(arg);
}

function stop(message) {
  console.error(message);
  process.exit(1);
}

process.defaultApp = true;
if (required.length > 0) Module._preloadModules(required);

if (target === undefined) stop('usage: electron [options] <folder or file of an app>');
else if (!fs.existsSync(target)) stop(`electron: there is no app at ${target}`);
else await load(target);

async function load(target) {
  let entry = target;
  let folder = path.dirname(target);
  const manifest = path.join(target, 'package.json');
  if (fs.existsSync(manifest)) {
    const pkg = JSON.parse(fs.readFileSync(manifest, 'utf8'));
    folder = target;
    entry = path.resolve(target, pkg.main || 'index.js');
    if (pkg.version) app.setVersion(pkg.version);
    if (pkg.productName || pkg.name) {
      app.name = pkg.productName || pkg.name;
      app.setPath('userData', path.join(app.getPath('appData'), app.name));
      app.setPath('sessionData', app.getPath('userData'));
    }
    if (pkg.desktopName) app.setDesktopName(pkg.desktopName);
  }
  app.setAppPath(folder);
  if (fs.existsSync(entry) && fs.statSync(entry).isDirectory()) entry = path.join(entry, 'index.js');
  if (!fs.existsSync(entry)) stop(`electron: the app's entry point ${entry} is missing (not built yet?)`);
  try {
    await import(pathToFileURL(entry).href);
  } catch (error) {
    stop(`electron: the app failed to load\n${error?.stack ?? error}`);
  }
}
