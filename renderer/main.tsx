import './ui/strictCsp.ts';
import '@fontsource-variable/inter/wght.css';
import './ui/theme/fonts.css';
import './ui/theme/theme.css';
import './ui/theme/contrast.css';
import './ui/theme/base.css';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { createRoot } from 'react-dom/client';
import { SAVE_TO_CLOSE } from '../src/desktopCalls.ts';
import { App } from './App.tsx';
import { followSelection } from './design/canvas/scene/followSelection.ts';
import { followLibrary } from './design/library/libraryStore.ts';
import { followMenu } from './shell/commands/appMenu.ts';
import { commands } from './shell/commands/commandTable.ts';
import { covers } from './shell/covers.ts';
import { followUi } from './shell/followUi.ts';
import { settleNotices } from './shell/notices/settleNotices.ts';
import { openAtStart } from './shell/start/openAtStart.ts';
import { followAnalysis } from './state/analysis/analysisStore.ts';
import { listenToKeys, provideCommands, runCommandNamed } from './state/commands/commands.ts';
import { followReturns } from './state/data/dataReturn.ts';
import { followDropped } from './state/data/followDropped.ts';
import { callDesktop, onHanded, onMenuCommand } from './state/desktop/desktop.ts';
import { connectEngine } from './state/desktop/engine.ts';
import { keepWork } from './state/files/keepWork.ts';
import { opened, openFrom } from './state/files/opening.ts';
import { followRecentFiles } from './state/files/recentFiles.ts';
import { saveWhole } from './state/files/saving.ts';
import { followLevels } from './state/levels/navigate.ts';
import { followNames } from './state/run/followNames.ts';
import { recallRun } from './state/run/recall.ts';
import { recovering } from './state/run/recovering.ts';
import { useRuns } from './state/stores/runsStore.ts';
import { useRun, useUi } from './state/stores/stores.ts';
import { keptChanged } from './state/travel/keptStore.ts';
import { readProviders } from './training/commands/runCommands.ts';
import { followDoctor } from './training/doctor/followDoctor.ts';
import { adoptRun, engineRestarted } from './training/run/afterFailure.ts';
import { followAxis } from './training/run/followAxis.ts';
import { followInterrupted } from './training/run/interrupted.ts';
import { readRuns } from './training/runs/runsEngine.ts';
import { followCheckpoint } from './training/travel/followCheckpoint.ts';
import { changeLanguage } from './ui/i18n/i18n.ts';
import { guardComposition } from './ui/keys/composition.ts';

changeLanguage(useUi.getState().language);
followUi();
guardComposition();
provideCommands(commands, covers);
listenToKeys();
followMenu();
followAnalysis();
followRecentFiles();
onMenuCommand((command) => {
  if (command === SAVE_TO_CLOSE) saveToClose().catch(console.error);
  else runCommandNamed(command);
});
keepWork();
followNames();
followDropped();
followReturns(window);
followInterrupted();
followCheckpoint();
followAxis();
followDoctor();
followLibrary();
followLevels();
settleNotices();
followSelection();
onHanded(() => openFrom({ kind: 'handed' }).catch(console.error));
openAtStart().catch(console.error);
connectEngine({
  onRun(event) {
    useRun.getState().receive(event);
    if (event.kind !== 'library') return;
    useRuns.getState().change(event.run, event.record);
    keptChanged(event.run);
  },
  onLink(state) {
    useRun.getState().linked(state);
    const { notify } = useUi.getState();
    if (state === 'failed') {
      const action = { label: { key: 'engine.start' }, run: () => void callDesktop('connectEngine') } as const;
      notify({ tone: 'bad', about: 'engine', message: { key: 'engine.failed' }, action });
    } else {
      readProviders().catch(console.error);
      readRuns().catch(console.error);
    }
    if (state === 'restarted') recovering(engineRestarted());
    if (state === 'ready') adoptRun().then(recallRun).catch(console.error);
  },
  onUnreadable(reason) {
    useUi
      .getState()
      .notify({ tone: 'bad', about: 'messages', message: { key: 'engine.unreadable', values: { reason } } });
  },
});

/** Not before what main has for the window is open: there is nothing to save yet. */
async function saveToClose(): Promise<void> {
  await opened();
  const saved = await saveWhole().catch((error: unknown) => {
    console.error(error);
    return false;
  });
  await callDesktop('savedToClose', saved);
}

/** Texts that are painted on a canvas are measured: with the app's own face, so that has to be there before. */
const faces = ['400 13px "Inter Variable"', '600 13px "Inter Variable"'].map((font) => document.fonts.load(font));
Promise.all(faces)
  .catch(console.error)
  .finally(() =>
    createRoot(document.getElementById('root') as HTMLElement).render(
      // The page's policy allows no style elements.
      <CSPProvider disableStyleElements>
        <App />
      </CSPProvider>,
    ),
  );
