import type { AnalyzedCost } from '../../../src/protocol/device.ts';
import { useAnalysis } from '../../state/analysis/analysisStore.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { bytes } from '../../ui/i18n/numbers.ts';
import css from './AnalysisPanel.module.css';
import { StepTime } from './StepTime.tsx';

/** Peak memory and duration of a training step. */
export function StepFigures({ batch }: { readonly batch: number }) {
  const { say } = useWords();
  const cost = useAnalysis((state) => state.costs.get(batch));
  return (
    <dl className={css.figures}>
      <Figure title={say('analysis.training')} hint={parts(cost?.training)} value={cost && bytes(cost.training.peak)} />
      <Figure
        title={say('analysis.inference')}
        hint={parts(cost?.inference)}
        value={cost && bytes(cost.inference.peak)}
      />
      <div>
        <dt>{say('analysis.step')}</dt>
        <dd>
          <StepTime batch={batch} bare />
        </dd>
      </div>
    </dl>
  );

  function parts(of: AnalyzedCost['training'] | undefined): string {
    if (of === undefined) return say('analysis.estimated');
    const { parameters, state, data, live } = of;
    return say('analysis.parts', {
      parameters: bytes(parameters),
      state: bytes(state),
      data: bytes(data),
      live: bytes(live),
      at: of.peakAt ?? '–',
    });
  }
}

function Figure({
  title,
  hint,
  value,
}: {
  readonly title: string;
  readonly hint: string;
  readonly value: string | undefined;
}) {
  return (
    <div title={hint}>
      <dt>{title}</dt>
      <dd>{value ?? '…'}</dd>
    </div>
  );
}
