import { useRun } from '../../state/stores/stores.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { deviceName } from '../device/deviceName.ts';
import { duration } from './duration.ts';
import { useEstimate } from './estimate.ts';

/** Estimated training time. The text shows whether it was measured or predicted. */
export function EstimateWords() {
  const { say } = useWords();
  const estimate = useEstimate();
  const device = deviceName(useRun((state) => state.provider?.provider ?? 'cpu'));
  if (estimate === null) return <span title={say('run.estimateUnknownHint')}>{say('run.estimateUnknown')}</span>;
  const values = { time: duration(say, estimate.seconds), device };
  return (
    <span title={say(estimate.measured ? 'run.estimateMeasured' : 'run.estimatePredicted')}>
      {say('run.estimate', values)}
    </span>
  );
}
