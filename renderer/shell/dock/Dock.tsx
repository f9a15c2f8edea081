import { HistoryPanel } from '../../design/history/HistoryPanel.tsx';
import { ProblemList } from '../../design/problems/ProblemList.tsx';
import { useProblems } from '../../design/problems/useProblems.ts';
import { LookPanel } from '../../results/look/LookPanel.tsx';
import { PredictPad } from '../../results/predict/PredictPad.tsx';
import { PredictPanel } from '../../results/predict/PredictPanel.tsx';
import { ResultsPanel } from '../../results/results/ResultsPanel.tsx';
import { keysText, runCommand } from '../../state/commands/commands.ts';
import { useUi } from '../../state/stores/stores.ts';
import type { DockTab } from '../../state/stores/uiStore.ts';
import { AnalysisPanel } from '../../training/analysis/AnalysisPanel.tsx';
import { openFindings, useDoctor } from '../../training/doctor/doctorStore.ts';
import { RunPanel } from '../../training/run/RunPanel.tsx';
import { RunProgress } from '../../training/run/RunProgress.tsx';
import { TravelBar } from '../../training/travel/TravelBar.tsx';
import { Button } from '../../ui/controls/Button.tsx';
import { Tabs } from '../../ui/controls/Tabs.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './Dock.module.css';

/** Where the weights of a checkpoint are seen; the curves have a time axis of their own. */
const TRAVELLED: ReadonlySet<DockTab> = new Set(['look', 'results', 'predict']);

/** What is going on with the network, and what is to be said of it. */
export function Dock() {
  const { say } = useWords();
  const tab = useUi((state) => state.dockTab);
  const open = useUi((state) => state.panels.dock.open);
  const full = useUi((state) => state.dockFull);
  const { showDock, toggleDockFull, togglePanel } = useUi.getState();
  const count = useProblems().length;
  const ailing = useDoctor((state) => openFindings(state).length);
  return (
    <section className={css.dock} aria-label={say('dock.title')}>
      <Tabs
        label={say('dock.title')}
        tabs={[
          { id: 'run', words: ailing === 0 ? say('dock.run') : say('doctor.tab', { count: ailing }) },
          { id: 'look', words: say('look.tab') },
          { id: 'results', words: say('results.title') },
          { id: 'predict', words: say('predict.title') },
          { id: 'problems', words: say('dock.problems', { count }) },
          { id: 'analysis', words: say('dock.analysis') },
          { id: 'history', words: say('history.title') },
        ]}
        shown={open ? tab : null}
        aside={
          <div className={css.aside}>
            <RunProgress />
            <Button icon="table" label={say('command.runs')} hint={keysText('runs')} onClick={() => runCommand('runs')}>
              <span className={css.wide}>{say('command.runs')}</span>
            </Button>
            <Button
              icon="maximise"
              label={say('dock.full')}
              hint={say('dock.fullHint')}
              pressed={full}
              onClick={toggleDockFull}
            />
            <Button
              icon={open ? 'down' : 'up'}
              label={say(open ? 'dock.close' : 'dock.open')}
              hint={keysText('dock')}
              onClick={() => togglePanel('dock')}
            />
          </div>
        }
        onShow={showDock}
        onDoubleClick={toggleDockFull}
      >
        <div className={css.body}>
          {TRAVELLED.has(tab) && <TravelBar />}
          <div className={css.content}>
            {tab === 'run' && (
              <RunPanel>
                <PredictPad />
              </RunPanel>
            )}
            {tab === 'look' && <LookPanel />}
            {tab === 'results' && <ResultsPanel />}
            {tab === 'predict' && <PredictPanel />}
            {tab === 'problems' && <ProblemList />}
            {tab === 'history' && <HistoryPanel />}
            {tab === 'analysis' && <AnalysisPanel />}
          </div>
        </div>
      </Tabs>
    </section>
  );
}
