import { useStepTime } from '../../state/analysis/stepTime.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { shortTime } from '../run/duration.ts';

/** Duration of a training step of the current network: measured in its own run, else predicted from other runs. */
export function StepTime({ batch, bare = false }: { readonly batch: number; readonly bare?: boolean }) {
  const { say } = useWords();
  const time = useStepTime(batch);
  if (time === null) return bare ? say('analysis.notMeasured') : null;
  const words = { time: shortTime(say, time.ms / 1000) };
  if (time.measured) return say(bare ? 'analysis.measured' : 'status.measured', words);
  return say(bare ? 'analysis.predicted' : 'status.predicted', words);
}
