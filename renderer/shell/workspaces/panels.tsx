import { DataPanel } from '../../data/DataPanel.tsx';
import { SamplesPanel } from '../../data/SamplesPanel.tsx';
import { StatisticsPanel } from '../../data/StatisticsPanel.tsx';
import { TransformsPanel } from '../../data/transforms/TransformsPanel.tsx';
import { Inspector } from '../../design/inspector/Inspector.tsx';
import { designPanels } from '../../design/panels.tsx';
import { LookPanel } from '../../results/look/LookPanel.tsx';
import { PredictPad } from '../../results/predict/PredictPad.tsx';
import { PredictPanel } from '../../results/predict/PredictPanel.tsx';
import { openSample } from '../../results/results/openSample.ts';
import { ResultsPanel } from '../../results/results/ResultsPanel.tsx';
import { WeightsPanel } from '../../results/weights/WeightsPanel.tsx';
import type { Panels } from '../../state/workspaces/panel.ts';
import { trainingPanels } from '../../training/panels.tsx';
import { RecipeForm } from '../../training/recipe/RecipeForm.tsx';
import { RunSettings } from '../../training/recipe/RunSettings.tsx';
import { RunPanel } from '../../training/run/RunPanel.tsx';
import { TravelBar } from '../../training/travel/TravelBar.tsx';
import { BelowTimeSlider } from './BelowTimeSlider.tsx';

/** All panels of the window, from the registrations of each group. */
export const panels: Panels = {
  ...designPanels,
  ...trainingPanels,
  canvas: { Body: () => null },
  inspector: {
    Body: () => (
      <Inspector>
        <RecipeForm />
        <RunSettings />
      </Inspector>
    ),
  },
  data: { Body: DataPanel },
  samples: { Body: () => <SamplesPanel onPredict={openSample} /> },
  transforms: { Body: TransformsPanel },
  statistics: { Body: StatisticsPanel },
  curves: {
    Body: () => (
      <RunPanel>
        <PredictPad />
      </RunPanel>
    ),
  },
  results: {
    Body: () => (
      <BelowTimeSlider bar={<TravelBar />}>
        <ResultsPanel />
      </BelowTimeSlider>
    ),
  },
  weights: {
    Body: () => (
      <BelowTimeSlider bar={<TravelBar />}>
        <WeightsPanel />
      </BelowTimeSlider>
    ),
  },
  predict: { Body: PredictPanel },
  look: { Body: LookPanel },
};
