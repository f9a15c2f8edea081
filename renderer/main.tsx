import './strictCsp.ts';
import '@fontsource-variable/inter/wght.css';
import './fonts.css';
import './theme.css';
import './contrast.css';
import './base.css';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { createRoot } from 'react-dom/client';
import { SAVE_TO_CLOSE } from '../src/desktopCalls.ts';
import { App } from './App.tsx';
import { followAnalysis } from './analysis/analysisStore.ts';
import { followSelection } from './canvas/followSelection.ts';
import { followMenu } from './commands/appMenu.ts';
import { listenToKeys, runCommandNamed } from './commands/commands.ts';
import { readProviders } from './commands/runCommands.ts';
import { callDesktop, onHanded, onMenuCommand } from './desktop/desktop.ts';
import { connectEngine } from './desktop/engine.ts';
import { followDoctor } from './doctor/followDoctor.ts';
import { keepWork } from './files/keepWork.ts';
import { opened, openFrom } from './files/opening.ts';
import { followRecentFiles } from './files/recentFiles.ts';
import { saveWhole } from './files/saving.ts';
import { followUi } from './followUi.ts';
import { startI18n } from './i18n/i18n.ts';
import { guardComposition } from './keys/composition.ts';
import { followLevels } from './levels/navigate.ts';
import { followLibrary } from './library/libraryStore.ts';
import { settleNotices } from './notices/settleNotices.ts';
import { adoptRun, engineRestarted } from './run/afterFailure.ts';
import { followAxis } from './run/followAxis.ts';
import { followNames } from './run/followNames.ts';
import { followInterrupted } from './run/interrupted.ts';
import { recallRun } from './run/recall.ts';
import { recovering } from './run/recovering.ts';
import { readRuns } from './runs/runsEngine.ts';
import { useRuns } from './runs/runsStore.ts';
import { begin } from './start/begin.ts';
import { useRun, useUi } from './stores/stores.ts';
import { followMoment } from './travel/followMoment.ts';
import { keptChanged } from './travel/keptStore.ts';

startI18n(useUi.getState().language);
followUi();
guardComposition();
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
followInterrupted();
followMoment();
followAxis();
followDoctor();
followLibrary();
followLevels();
settleNotices();
followSelection();
onHanded(() => openFrom({ kind: 'handed' }).catch(console.error));
begin().catch(console.error);
connectEngine({
  onEvent(event) {
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
