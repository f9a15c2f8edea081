import { callDesktop } from '../state/desktop/desktop.ts';
import { isBlank } from '../state/files/blank.ts';
import { nameOf } from '../state/files/nameOf.ts';
import { isUnsaved, useDocument, useRun, useUi } from '../state/stores/stores.ts';
import { UI_KEY } from '../state/stores/uiStore.ts';
import { useWorkspaces } from '../state/workspaces/workspaceStore.ts';
import { changeLanguage } from '../ui/i18n/i18n.ts';

/** Updates everything outside React from the stores: theme, language, and the window state in the main process. */
export function followUi(): void {
  const systemDark = matchMedia('(prefers-color-scheme: dark)');
  const systemContrast = matchMedia('(prefers-contrast: more)');
  let sent = '';

  function showTheme(): void {
    const { theme } = useUi.getState();
    const system = theme === 'system';
    const dark = theme === 'dark' || theme === 'contrast' || (system && systemDark.matches);
    const contrast = theme === 'contrast' || (system && systemContrast.matches);
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    document.documentElement.dataset.contrast = contrast ? 'more' : 'normal';
  }
  function showLanguage(): void {
    const { language } = useUi.getState();
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    changeLanguage(language);
  }
  function tellMain(): void {
    const { language, theme } = useUi.getState();
    const { fileName, root } = useDocument.getState();
    const title = {
      name: fileName ?? nameOf(root, language),
      unsaved: isUnsaved(),
      blank: isBlank(),
      language,
      theme,
    };
    const text = JSON.stringify(title);
    if (text === sent) return;
    sent = text;
    callDesktop('setTitle', title).catch(console.error);
  }

  followWidth();
  showTheme();
  showLanguage();
  tellMain();
  for (const wish of [systemDark, systemContrast]) wish.addEventListener('change', showTheme);
  useUi.subscribe((now, before) => {
    if (now.theme !== before.theme) showTheme();
    if (now.language !== before.language) showLanguage();
    tellMain();
  });
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key === UI_KEY && newValue !== null) useUi.getState().follow(newValue);
  });
  useDocument.subscribe(tellMain);
  useRun.subscribe(tellMain);
}

/**
 * In a narrow window (AreaView.module.css) the side areas would cover the center, so they close; they reopen in a wider
 * window.
 */
function followWidth(): void {
  const narrow = matchMedia('(max-width: 800px)');
  const sides = ['left', 'right'] as const;
  let closed: readonly (typeof sides)[number][] = [];
  function adapt(): void {
    const { workspace, layouts, toggleArea } = useWorkspaces.getState();
    const change = narrow.matches
      ? sides.filter((side) => layouts[workspace][side].open)
      : closed.filter((side) => !layouts[workspace][side].open);
    closed = narrow.matches ? change : [];
    change.forEach(toggleArea);
  }
  adapt();
  narrow.addEventListener('change', adapt);
}
