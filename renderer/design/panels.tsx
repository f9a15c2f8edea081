import { HistoryPanel } from './history/HistoryPanel.tsx';
import { Outline } from './outline/Outline.tsx';
import { Palette } from './palette/Palette.tsx';
import { ProblemList } from './problems/ProblemList.tsx';

export const designPanels = {
  layers: { Body: Palette },
  outline: { Body: Outline },
  problems: { Body: ProblemList },
  history: { Body: HistoryPanel },
};
