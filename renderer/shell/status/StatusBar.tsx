import { trainingStop } from '../../../src/check/trainable.ts';
import type { DesktopResult } from '../../../src/desktopCalls.ts';
import { useProblems } from '../../design/problems/useProblems.ts';
import { useAnalysis } from '../../state/analysis/analysisStore.ts';
import { callDesktop } from '../../state/desktop/desktop.ts';
import { useNewest } from '../../state/desktop/newestWins.ts';
import { worst } from '../../state/problems/problems.ts';
import { useDocument, useRun } from '../../state/stores/stores.ts';
import type { PanelId } from '../../state/workspaces/layout.ts';
import { showPanel } from '../../state/workspaces/workspaceStore.ts';
import { StepTime } from '../../training/analysis/StepTime.tsx';
import { deviceName } from '../../training/device/deviceName.ts';
import { openFindings, useDoctor } from '../../training/doctor/doctorStore.ts';
import { SeriesStatus } from '../../training/runs/SeriesStatus.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { bytes, short, whole } from '../../ui/i18n/numbers.ts';
import { Icon } from '../../ui/icons/Icon.tsx';
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
      <VerdictButton />
      <SeriesStatus />
      <span className={css.space} />
      <OtherRuntime />
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

const signs = {
  good: { icon: 'good', style: css.good },
  warning: { icon: 'warning', style: css.warn },
  error: { icon: 'error', style: css.bad },
} as const;

interface Verdict {
  readonly sign: keyof typeof signs;
  readonly words: string;
  /** Panel with the details. */
  readonly panel: PanelId;
}

/** The most severe state of the network and its run: a failed run never shows "no problems". */
function useVerdict(): Verdict | null {
  const { say } = useWords();
  const empty = useDocument((state) => state.root.nodes.length === 0);
  const problems = useProblems();
  const failed = useRun((run) => run.state === 'failed');
  const waits = useRun((run) => run.state === 'paused' && run.message !== null);
  const findings = useDoctor((state) => openFindings(state).length);
  const count = problems.length;
  if (worst(problems) === 'error')
    return { sign: 'error', words: say('status.problems', { count }), panel: 'problems' };
  if (failed) return { sign: 'error', words: say('status.runFailed'), panel: 'curves' };
  if (trainingStop(problems) !== null) return { sign: 'warning', words: say('status.notTrainable'), panel: 'problems' };
  if (count > 0) return { sign: 'warning', words: say('status.problems', { count }), panel: 'problems' };
  if (waits) return { sign: 'warning', words: say('status.runWaits'), panel: 'curves' };
  if (findings > 0) return { sign: 'warning', words: say('status.findings', { count: findings }), panel: 'curves' };
  return empty ? null : { sign: 'good', words: say('status.noProblems'), panel: 'problems' };
}

function VerdictButton() {
  const { say } = useWords();
  const verdict = useVerdict();
  if (verdict === null) return <span>{say('status.empty')}</span>;
  const { sign, words, panel } = verdict;
  return (
    <button type="button" className={`${css.problems} ${signs[sign].style}`} onClick={() => showPanel(panel)}>
      <Icon name={signs[sign].icon} size={13} />
      {words}
    </button>
  );
}

/** Shown while the app runs on a version of Electron that no longer gets fixes. */
function OtherRuntime() {
  const { say } = useWords();
  const { other } = useNewest<DesktopResult<'runtime'>>({ other: null }, () => callDesktop('runtime'), []);
  if (other === null) return null;
  return (
    <span className={css.warn} title={say('status.runtimeHint', { version: other })}>
      {say('status.runtime', { version: other })}
    </span>
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
