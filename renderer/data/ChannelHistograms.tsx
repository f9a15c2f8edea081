import type { DescribedChannel } from '../../src/protocol/dataStatistics.ts';
import { figure } from '../ui/i18n/figure.ts';
import { useWords } from '../ui/i18n/i18n.ts';
import { whole } from '../ui/i18n/numbers.ts';
import css from './StatisticsPanel.module.css';

interface Props {
  readonly channels: readonly DescribedChannel[];
  /** Number of samples that were measured. */
  readonly trained: number;
}

const HEIGHT = 64;

/** Mean, standard deviation and histogram of every channel. */
export function ChannelHistograms({ channels, trained }: Props) {
  const { say } = useWords();
  const nameOf = (at: number) => (channels.length === 3 ? (['R', 'G', 'B'][at] as string) : `${at + 1}`);
  return (
    <section aria-label={say('data.values', { count: whole(trained) })}>
      <h2>{say('data.values', { count: whole(trained) })}</h2>
      <ul className={css.channels}>
        {channels.map(({ mean, std, low, high, histogram }, at) => (
          <li key={nameOf(at)}>
            {channels.length > 1 && <span>{say('data.channel', { name: nameOf(at) })}</span>}
            <svg
              className={css.histogram}
              viewBox={`0 0 ${histogram.length} ${HEIGHT}`}
              preserveAspectRatio="none"
              role="img"
              aria-label={say('data.histogram', { name: nameOf(at) })}
            >
              <path d={outline(histogram)} />
            </svg>
            <div className={css.caption}>
              {figure(low)} – {figure(high)}
            </div>
            <div className={css.figures}>
              {say('data.mean')} {mean.toFixed(4)} · {say('data.std')} {std.toFixed(4)}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Heights are square roots: one value, such as a black margin, would flatten all others. */
function outline(histogram: Float64Array): string {
  const most = Math.sqrt(histogram.reduce((a, b) => Math.max(a, b), 1));
  const steps = Array.from(
    histogram,
    (count, at) => `V${(HEIGHT * (1 - Math.sqrt(count) / most)).toFixed(2)}H${at + 1}`,
  );
  return `M0 ${HEIGHT}${steps.join('')}V${HEIGHT}z`;
}
