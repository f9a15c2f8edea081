import { AnalysisPanel } from '../analysis/AnalysisPanel.tsx';
import { HistoryPanel } from '../history/HistoryPanel.tsx';
import { useWords } from '../i18n/i18n.ts';
import { ProblemList } from '../problems/ProblemList.tsx';
import { isProblem } from '../problems/problems.ts';
import { RunPanel } from '../run/RunPanel.tsx';
import { RunProgress } from '../run/RunProgress.tsx';
import { useDocument, useUi } from '../stores/stores.ts';
import type { DockTab } from '../stores/uiStore.ts';
import css from './Dock.module.css';

export function Dock() {
  const { say } = useWords();
  const tab = useUi((state) => state.dockTab);
  const count = useDocument((state) => state.check.diagnostics.filter(isProblem).length);
  return (
    <section className={css.dock} aria-label={say('dock.title')}>
      <div className={css.head}>
        <div role="tablist" className={css.tabs}>
          <Tab tab="run" words={say('dock.run')} />
          <Tab tab="problems" words={say('dock.problems', { count })} />
          <Tab tab="analysis" words={say('dock.analysis')} />
          <Tab tab="history" words={say('history.title')} />
        </div>
        <RunProgress />
      </div>
      <div role="tabpanel" aria-labelledby={`dock-${tab}`} className={css.body}>
        {tab === 'run' && <RunPanel />}
        {tab === 'problems' && <ProblemList />}
        {tab === 'history' && <HistoryPanel />}
        {tab === 'analysis' && <AnalysisPanel />}
      </div>
    </section>
  );
}

function Tab({ tab, words }: { readonly tab: DockTab; readonly words: string }) {
  const selected = useUi((state) => state.dockTab === tab);
  return (
    <button
      type="button"
      role="tab"
      id={`dock-${tab}`}
      aria-selected={selected}
      className={css.tab}
      onClick={() => useUi.getState().showDock(tab)}
    >
      {words}
    </button>
  );
}
