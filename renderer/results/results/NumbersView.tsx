import { useEffect, useRef } from 'react';
import type { OutputResults } from '../../../src/protocol/results.ts';
import { figure } from '../../ui/i18n/figure.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { useTheme } from '../../ui/theme/useTheme.ts';
import { histogramOf } from './evaluation.ts';
import css from './Numbers.module.css';

const BINS = 31;

/** Predicted values over targets, a histogram of the errors, and regression metrics. */
export function NumbersView({ output }: { readonly output: OutputResults }) {
  const { say } = useWords();
  const { regression, predicted, truth } = output;
  const residuals = Float32Array.from(truth, (value, i) => (predicted[i] as number) - value);
  const figures = {
    mse: regression?.mse ?? 0,
    rmse: Math.sqrt(regression?.mse ?? 0),
    mae: regression?.mae ?? 0,
    r2: regression?.r2 ?? 0,
  };
  return (
    <div className={css.view}>
      <Scatter predicted={predicted} truth={truth} />
      <Histogram values={residuals} />
      <dl className={css.figures}>
        {(['mse', 'rmse', 'mae', 'r2'] as const).map((key) => (
          <div key={key} title={say(`results.help.${key}`)}>
            <dt>{say(`results.${key}`)}</dt>
            <dd>{figure(figures[key])}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** Scatter plot on a canvas, because there may be tens of thousands of points. */
function Scatter({ predicted, truth }: Pick<OutputResults, 'predicted' | 'truth'>) {
  const { say } = useWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const both = histogramOf(Float32Array.of(...ends(predicted), ...ends(truth)), 1);
  const { from, to } = both;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colors
  useEffect(() => {
    const sheet = canvas.current;
    const context = sheet?.getContext('2d') ?? null;
    if (sheet === null || context === null) return;
    const paint = (): void => {
      const { clientWidth: width, clientHeight: height } = sheet;
      sheet.width = width * devicePixelRatio;
      sheet.height = height * devicePixelRatio;
      context.scale(devicePixelRatio, devicePixelRatio);
      const style = getComputedStyle(sheet);
      const place = (value: number, size: number): number =>
        (to > from ? (value - from) / (to - from) : 0.5) * (size - 8) + 4;
      context.strokeStyle = style.getPropertyValue('--text');
      context.setLineDash([4, 3]);
      context.beginPath();
      context.moveTo(place(from, width), height - place(from, height));
      context.lineTo(place(to, width), height - place(to, height));
      context.stroke();
      context.fillStyle = style.getPropertyValue('--accent');
      context.globalAlpha = truth.length > 2000 ? 0.3 : 0.6;
      for (let i = 0; i < truth.length; i++) {
        context.beginPath();
        context.arc(place(truth[i] as number, width), height - place(predicted[i] as number, height), 2, 0, 7);
        context.fill();
      }
    };
    const resized = new ResizeObserver(paint);
    resized.observe(sheet);
    return () => resized.disconnect();
  }, [predicted, truth, from, to, theme]);
  return (
    <figure className={css.plot}>
      <figcaption>{say('results.scatter')}</figcaption>
      <canvas ref={canvas} role="img" aria-label={say('results.scatter')} />
      <div className={css.ends}>
        <span>{figure(from)}</span>
        <span>{say('results.axis.truth')}</span>
        <span>{figure(to)}</span>
      </div>
    </figure>
  );
}

function ends(values: Float32Array): [number, number] {
  const { from, to } = histogramOf(values, 1);
  return [from, to];
}

function Histogram({ values }: { readonly values: Float32Array }) {
  const { say } = useWords();
  const { from, to, bins } = histogramOf(values, BINS);
  const most = Math.max(1, ...bins);
  const step = (to - from) / BINS;
  return (
    <figure className={css.plot}>
      <figcaption>{say('results.residuals')}</figcaption>
      <svg viewBox={`0 0 ${BINS} 100`} preserveAspectRatio="none" role="img" aria-label={say('results.residuals')}>
        {bins.map((count, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: bins are identified by position
          <rect key={at} x={at + 0.05} width={0.9} y={100 - (100 * count) / most} height={(100 * count) / most}>
            <title>
              {say('results.residualBin', {
                from: figure(from + at * step),
                to: figure(from + (at + 1) * step),
                count,
              })}
            </title>
          </rect>
        ))}
        {from < 0 && to > 0 && <line x1={-from / step} x2={-from / step} y1={0} y2={100} />}
      </svg>
      <div className={css.ends}>
        <span>{figure(from)}</span>
        <span>{say('results.axis.residual')}</span>
        <span>{figure(to)}</span>
      </div>
    </figure>
  );
}
