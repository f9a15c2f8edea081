import { keysText, runCommand } from '../../state/commands/commands.ts';
import { useLayout } from '../../state/workspaces/workspaceStore.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './TitleBar.module.css';

const buttons = [
  { area: 'left', command: 'toggleLeft' },
  { area: 'bottom', command: 'toggleBottom' },
  { area: 'right', command: 'toggleRight' },
] as const;

/** Opens and closes the areas around the center. */
export function ViewButtons() {
  const { say } = useWords();
  const layout = useLayout();
  return (
    <div className={css.group}>
      {buttons.map(({ area, command }) => (
        <Button
          key={area}
          icon={area}
          label={say(`command.area.${area}`)}
          hint={keysText(command)}
          pressed={layout[area].open}
          disabled={layout[area].panels.length === 0}
          onClick={() => runCommand(command)}
        />
      ))}
    </div>
  );
}
