import { AnalysisPanel } from './analysis/AnalysisPanel.tsx';
import { SettingsPanel } from './recipe/SettingsPanel.tsx';
import { RunsView } from './runs/RunsView.tsx';

export const trainingPanels = {
  settings: { Body: SettingsPanel },
  runs: { Body: RunsView },
  analysis: { Body: AnalysisPanel },
};
