import { keysText, runCommand } from '../state/commands/commands.ts';
import { Button } from '../ui/controls/Button.tsx';
import { useWords } from '../ui/i18n/i18n.ts';
import { AnalysisPanel } from './analysis/AnalysisPanel.tsx';
import { SettingsPanel } from './recipe/SettingsPanel.tsx';

export function RunsButton() {
  const { say } = useWords();
  return (
    <Button icon="table" label={say('command.runs')} hint={keysText('runs')} onClick={() => runCommand('runs')}>
      {say('command.runs')}
    </Button>
  );
}

export const trainingPanels = {
  settings: { Body: SettingsPanel },
  analysis: { Body: AnalysisPanel },
};
