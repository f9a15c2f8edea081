import { useAnalysis } from '../analysis/analysisStore.ts';
import { StepTime } from '../analysis/StepTime.tsx';
import { deviceName } from '../device/deviceName.ts';
import { useWords } from '../i18n/i18n.ts';
import { bytes, short, whole } from '../i18n/numbers.ts';
import { Icon } from '../icons/Icon.tsx';
import { isProblem } from '../problems/problems.ts';
import { useDocument, useRun, useUi } from '../stores/stores.ts';
import { RunTime } from './RunTime.tsx';
import css from './StatusBar.module.css';

export function StatusBar() {
  const { say } = useWords();
  const totals = useDocument((state) => state.rootCheck.totals);
  const batch = useDocument((state) => state.root.recipe.batchSize);
  return (
    <footer className={css.bar} data-pane="status">
      <span>{say('status.params', { count: whole(totals.params) })}</span>
      <span>{say('status.macs', { count: short(totals.macs) })}</span>
      <span>
        {say('status.batch', { batch })} <StepTime batch={batch} />
      </span>
      <TrainingMemory batch={batch} />
      <RunTime />
      <ProblemCount />
      <span className={css.space} />
      <Device />
    </footer>
  );
}

function TrainingMemory({ batch }: { readonly batch: number }) {
  const { say } = useWords();
  const peak = useAnalysis((state) => state.costs.get(batch)?.training.peak);
  if (peak === undefined) return null;
  return <span title={say('analysis.estimated')}>{say('status.training', { size: bytes(peak) })}</span>;
}

function ProblemCount() {
  const { say } = useWords();
  const problems = useDocument((state) => state.rootCheck.diagnostics).filter(isProblem);
  const bad = problems.some(({ severity }) => severity === 'error');
  const tone = problems.length === 0 ? css.good : bad ? css.bad : css.warn;
  return (
    <button type="button" className={`${css.problems} ${tone}`} onClick={() => useUi.getState().showDock('problems')}>
      <Icon name={problems.length === 0 ? 'good' : bad ? 'error' : 'warning'} size={13} />
      {problems.length === 0 ? say('status.noProblems') : say('status.problems', { count: problems.length })}
    </button>
  );
}

function Device() {
  const { say } = useWords();
  const engine = useRun((state) => state.engine);
  const provider = useRun((state) => state.provider);
  if (engine === 'failed') return <span className={css.bad}>{say('status.failed')}</span>;
  if (provider === null) return <span>{say('status.connecting')}</span>;
  const name = deviceName(provider.provider);
  return <span className={css.device}>{provider.device ? `${name} · ${provider.device}` : name}</span>;
}
