import { callDesktop } from './desktop/desktop.ts';
import { changeLanguage } from './i18n/i18n.ts';
import { isUnsaved, useDocument, useRun, useUi } from './stores/stores.ts';

/** Keeps what lies outside React in step with the stores: theme, language, and main's picture of the window. */
export function followUi(): void {
  const systemDark = matchMedia('(prefers-color-scheme: dark)');
  let told = '';

  function showTheme(): void {
    const { theme } = useUi.getState();
    const dark = theme === 'dark' || (theme === 'system' && systemDark.matches);
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  }
  function showLanguage(): void {
    const { language } = useUi.getState();
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    changeLanguage(language).catch(console.error);
  }
  function tellMain(): void {
    const { language, theme } = useUi.getState();
    const { fileName, document } = useDocument.getState();
    const title = { name: fileName ?? document.name, unsaved: isUnsaved(), language, theme };
    const text = JSON.stringify(title);
    if (text === told) return;
    told = text;
    callDesktop('setTitle', title).catch(console.error);
  }

  showTheme();
  showLanguage();
  tellMain();
  systemDark.addEventListener('change', showTheme);
  useUi.subscribe((now, before) => {
    if (now.theme !== before.theme) showTheme();
    if (now.language !== before.language) showLanguage();
    tellMain();
  });
  useDocument.subscribe(tellMain);
  useRun.subscribe(tellMain);
}
