import { isActive } from '../../state/stores/runStore.ts';
import { useRun } from '../../state/stores/stores.ts';
import { EstimateWords } from '../../training/run/EstimateWords.tsx';
import { recipeNow } from '../../training/run/recipeNow.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { clock } from '../../ui/i18n/numbers.ts';
import css from './StatusBar.module.css';

/** Progress and remaining time of the run; before the run, its estimated duration. */
export function RunTime() {
  const { say } = useWords();
  const active = useRun((state) => isActive(state.state));
  return (
    <span className={active ? undefined : css.estimate}>
      {active ? (
        <Remaining />
      ) : (
        <>
          {say('status.run')} <EstimateWords />
        </>
      )}
    </span>
  );
}

function Remaining() {
  const { say } = useWords();
  const share = useRun(({ step, steps }) => (steps > 0 ? Math.floor((100 * step) / steps) : 0));
  const left = useRun(({ document, changes, step, steps, samplesPerSecond }) => {
    if (document === null || samplesPerSecond <= 0) return null;
    return clock(((steps - step) * recipeNow(document.recipe, changes).batchSize) / samplesPerSecond);
  });
  return left === null ? say('status.share', { share }) : say('status.shareLeft', { share, left });
}
