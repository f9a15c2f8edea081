import type { OutputResults } from '../../../src/protocol/results.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { percent } from '../../ui/i18n/numbers.ts';
import css from './Calibration.module.css';

/** Size of the diagram, in SVG units. */
const SIZE = 100;
/** Max difference at which confidence and accuracy count as equal. */
const NEAR = 0.01;

/** Reliability diagram: accuracy over confidence (Guo et al. 2017). */
export function CalibrationView({ output }: { readonly output: OutputResults }) {
  const { say } = useWords();
  const { calibration } = output;
  if (calibration === null) return null;
  const { bins, ece, gap } = calibration;
  const accuracy = output.accuracy ?? 0;
  const verdict = Math.abs(gap) < NEAR ? 'fair' : gap > 0 ? 'bold' : 'shy';
  const points = (100 * ece).toFixed(1);
  const summary = say('results.ece', { ece: percent(ece), points });
  const width = SIZE / bins.length;
  return (
    <div className={css.view}>
      <svg viewBox="-15 -4 120 120" role="img" aria-label={`${say('results.calibration')}. ${summary}`}>
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line x1={0} x2={SIZE} y1={SIZE * (1 - share)} y2={SIZE * (1 - share)} className={css.grid} />
            <text x={-2} y={SIZE * (1 - share) + 1.5} textAnchor="end">
              {100 * share}
            </text>
            <text x={SIZE * share} y={SIZE + 6} textAnchor="middle">
              {100 * share}
            </text>
          </g>
        ))}
        {bins.map(({ count, confidence, accuracy: right }, at) => {
          if (count === 0) return null;
          const [low, high] = [Math.min(confidence, right), Math.max(confidence, right)];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: bins are identified by position
            <g key={at} className={confidence > right ? undefined : css.shy}>
              <title>{say('results.bin', { count, confidence: percent(confidence), accuracy: percent(right) })}</title>
              <rect
                x={at * width + 0.4}
                width={width - 0.8}
                y={SIZE * (1 - right)}
                height={SIZE * right}
                className={css.bar}
              />
              <rect
                x={at * width + 0.4}
                width={width - 0.8}
                y={SIZE * (1 - high)}
                height={SIZE * (high - low)}
                className={css.gap}
              />
            </g>
          );
        })}
        <line x1={0} y1={SIZE} x2={SIZE} y2={0} className={css.ideal} />
        <text x={SIZE / 2} y={SIZE + 12.5} textAnchor="middle">
          {say('results.axis.confidence')}
        </text>
        <text transform={`translate(-10.5 ${SIZE / 2}) rotate(-90)`} textAnchor="middle">
          {say('results.axis.right')}
        </text>
      </svg>
      <div className={css.words}>
        <p className={css.figure}>
          <span>{say('results.eceName')}</span> <b>{percent(ece)}</b>
        </p>
        <p>{summary}</p>
        <p>{say(`results.verdict.${verdict}`, { confidence: percent(accuracy + gap), accuracy: percent(accuracy) })}</p>
        <p className={css.muted}>{say('results.help.calibration')}</p>
      </div>
    </div>
  );
}
