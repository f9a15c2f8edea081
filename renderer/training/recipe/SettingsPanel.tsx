import { useWords } from '../../ui/i18n/i18n.ts';
import { RunProgress } from '../run/RunProgress.tsx';
import { RecipeForm } from './RecipeForm.tsx';
import { RunSettings } from './RunSettings.tsx';
import css from './SettingsPanel.module.css';

/** Panel with the training settings and the progress of the run. */
export function SettingsPanel() {
  const { say } = useWords();
  return (
    <section className={css.panel} aria-label={say('panel.settings')}>
      <div className={css.progress}>
        <RunProgress />
      </div>
      <RecipeForm />
      <RunSettings />
    </section>
  );
}
