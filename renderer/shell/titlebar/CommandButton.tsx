import { keysText, runCommand } from '../../state/commands/commands.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { Icon } from '../../ui/icons/Icon.tsx';
import css from './TitleBar.module.css';

/** Opens the command palette, and shows its key. */
export function CommandButton() {
  const { say } = useWords();
  const label = say('commandPalette.title');
  const keys = keysText('commandPalette');
  return (
    <button
      type="button"
      className={css.command}
      aria-label={`${label} ${keys}`.trim()}
      title={label}
      onClick={() => runCommand('commandPalette')}
    >
      <Icon name="search" size={14} />
      <span className={css.key}>{keys}</span>
    </button>
  );
}
