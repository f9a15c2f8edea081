import { useProblems } from '../../design/problems/useProblems.ts';
import type { PanelId } from '../../state/workspaces/layout.ts';
import { openFindings, useDoctor } from '../../training/doctor/doctorStore.ts';
import { useWords } from '../../ui/i18n/i18n.ts';

/** Titles of the tabs; problems and findings have a count, which is visible from other panels. */
export function usePanelTitles(): Readonly<Record<PanelId, string>> {
  const { say } = useWords();
  const problems = useProblems().length;
  const findings = useDoctor((state) => openFindings(state).length);
  return {
    canvas: say('panel.canvas'),
    layers: say('side.layers'),
    outline: say('side.outline'),
    inspector: say('inspector.title'),
    problems: say('panel.problems', { count: problems }),
    analysis: say('panel.analysis'),
    history: say('history.title'),
    data: say('panel.data'),
    samples: say('panel.samples'),
    transforms: say('panel.transforms'),
    statistics: say('panel.statistics'),
    settings: say('panel.settings'),
    curves: findings === 0 ? say('panel.curves') : say('doctor.tab', { count: findings }),
    runs: say('runs.title'),
    results: say('panel.evaluation'),
    weights: say('weights.tab'),
    predict: say('predict.title'),
    look: say('look.tab'),
  };
}
