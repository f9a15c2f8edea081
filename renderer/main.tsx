import './strictCsp.ts';
import './theme.css';
import './contrast.css';
import './base.css';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { followAnalysis } from './analysis/analysisStore.ts';
import { followMenu } from './commands/appMenu.ts';
import { listenToKeys, runCommandNamed } from './commands/commands.ts';
import { readProviders } from './commands/runCommands.ts';
import { onHanded, onMenuCommand } from './desktop/desktop.ts';
import { connectEngine } from './desktop/engine.ts';
import { followDoctor } from './doctor/followDoctor.ts';
import { keepWork } from './files/keepWork.ts';
import { openFrom } from './files/opening.ts';
import { followRecentFiles } from './files/recentFiles.ts';
import { followUi } from './followUi.ts';
import { startI18n } from './i18n/i18n.ts';
import { followLevels } from './levels/navigate.ts';
import { followLibrary } from './library/libraryStore.ts';
import { settleNotices } from './notices/settleNotices.ts';
import { followNames, tellNamesAgain } from './run/followNames.ts';
import { followInterrupted } from './run/interrupted.ts';
import { readRuns } from './runs/runsEngine.ts';
import { useRuns } from './runs/runsStore.ts';
import { begin } from './start/begin.ts';
import { useRun, useUi } from './stores/stores.ts';
import { followMoment } from './travel/followMoment.ts';
import { keptChanged } from './travel/keptStore.ts';

startI18n(useUi.getState().language);
followUi();
listenToKeys();
followMenu();
followAnalysis();
followRecentFiles();
onMenuCommand(runCommandNamed);
keepWork();
followNames();
followInterrupted();
followMoment();
followDoctor();
followLibrary();
followLevels();
settleNotices();
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
    if (state === 'failed') notify({ tone: 'bad', about: 'engine', message: { key: 'engine.failed' } });
    else {
      readProviders().catch(console.error);
      readRuns().catch(console.error);
    }
    if (state === 'restarted') tellNamesAgain();
    if (state === 'restarted') notify({ tone: 'bad', about: 'engine', message: { key: 'engine.restarted' } });
  },
  onUnreadable(reason) {
    useUi
      .getState()
      .notify({ tone: 'bad', about: 'messages', message: { key: 'engine.unreadable', values: { reason } } });
  },
});

createRoot(document.getElementById('root') as HTMLElement).render(
  // The page's policy allows no style elements.
  <CSPProvider disableStyleElements>
    <App />
  </CSPProvider>,
);
