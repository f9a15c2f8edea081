import { keysText } from '../../state/commands/commands.ts';
import { useUi } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { MenuButton } from '../../ui/controls/MenuButton.tsx';
import type { MenuEntry } from '../../ui/controls/menuEntry.ts';
import { type Say, useWords } from '../../ui/i18n/i18n.ts';
import css from './TitleBar.module.css';

const themeEntries = (say: Say): MenuEntry[] =>
  (['system', 'light', 'dark', 'contrast'] as const).map((theme) => ({
    label: say(`view.theme.${theme}`),
    checked: useUi.getState().theme === theme,
    run: () => useUi.getState().setTheme(theme),
  }));

const languageEntries = (say: Say): MenuEntry[] =>
  (['en', 'zh'] as const).map((language) => ({
    label: say(`view.language.${language}`),
    checked: useUi.getState().language === language,
    run: () => useUi.getState().setLanguage(language),
  }));

export function ViewButtons() {
  const { say } = useWords();
  const theme = useUi((state) => state.theme);
  const panels = useUi((state) => state.panels);
  const { togglePanel } = useUi.getState();
  return (
    <div className={css.group}>
      <Button
        icon="left"
        label={say('view.palette')}
        pressed={panels.palette.open}
        onClick={() => togglePanel('palette')}
      />
      <Button
        icon="bottom"
        label={say('view.dock')}
        hint={keysText('dock')}
        pressed={panels.dock.open}
        onClick={() => togglePanel('dock')}
      />
      <Button
        icon="right"
        label={say('view.inspector')}
        pressed={panels.inspector.open}
        onClick={() => togglePanel('inspector')}
      />
      <span className={css.line} />
      <MenuButton icon={theme} label={say('view.theme')} entries={() => themeEntries(say)} />
      <MenuButton icon="language" label={say('view.language')} entries={() => languageEntries(say)} />
    </div>
  );
}
