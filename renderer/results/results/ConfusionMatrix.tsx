import { type CSSProperties, type KeyboardEvent, useRef, useState } from 'react';
import { matrixOf } from '../../../src/metrics/classification.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { percent } from '../../ui/i18n/numbers.ts';
import type { ConfusionProps } from './ConfusionList.tsx';
import css from './ConfusionMatrix.module.css';
import type { Cell } from './evaluation.ts';

/** Confusion matrix: rows are true classes, columns predicted ones. One cell is in the tab order, arrow keys move on. */
export function ConfusionMatrix({ output, labels, shares, chosen, onChoose }: ConfusionProps) {
  const { say } = useWords();
  const grid = useRef<HTMLTableElement>(null);
  const [active, setActive] = useState<Cell>(chosen ?? { truth: 0, predicted: 0 });
  const { cells, classes } = output;
  const confusion = matrixOf(cells, classes.length);
  const last = confusion.length - 1;
  const stop = { truth: Math.min(active.truth, last), predicted: Math.min(active.predicted, last) };

  function walk(event: KeyboardEvent): void {
    const { truth, predicted } = stop;
    const to = {
      ArrowRight: { truth, predicted: predicted + 1 },
      ArrowLeft: { truth, predicted: predicted - 1 },
      ArrowDown: { truth: truth + 1, predicted },
      ArrowUp: { truth: truth - 1, predicted },
      Home: { truth, predicted: 0 },
      End: { truth, predicted: last },
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = { truth: within(to.truth, last), predicted: within(to.predicted, last) };
    setActive(next);
    grid.current?.querySelector<HTMLElement>(`[data-cell="${next.truth} ${next.predicted}"]`)?.focus();
  }

  return (
    <table
      ref={grid}
      aria-label={say('results.confusion')}
      className={css.matrix}
      style={{ '--classes': labels.length } as CSSProperties}
    >
      <thead>
        <tr>
          <th scope="col" className={css.corner}>
            {say('results.corner')}
          </th>
          {labels.map((label) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {confusion.map((row, truth) => (
          <tr key={labels[truth]}>
            <th scope="row">{labels[truth]}</th>
            {row.map((count, predicted) => {
              const support = classes[truth]?.support ?? 0;
              const share = support === 0 ? 0 : count / support;
              const isChosen = chosen?.truth === truth && chosen.predicted === predicted;
              const isStop = stop.truth === truth && stop.predicted === predicted;
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: classes are identified by number
                <td key={predicted} className={truth === predicted ? css.right : css.wrong}>
                  <button
                    type="button"
                    data-cell={`${truth} ${predicted}`}
                    className={css.cell}
                    tabIndex={isStop ? 0 : -1}
                    aria-pressed={isChosen}
                    // The square root makes small counts visible, even a single sample on a dark background.
                    style={
                      { '--share': count === 0 ? 0 : FAINTEST + (1 - FAINTEST) * Math.sqrt(share) } as CSSProperties
                    }
                    title={say('results.cell', {
                      truth: labels[truth] ?? '',
                      predicted: labels[predicted] ?? '',
                      count,
                      share: percent(share),
                    })}
                    aria-label={say('results.cell', {
                      truth: labels[truth] ?? '',
                      predicted: labels[predicted] ?? '',
                      count,
                      share: percent(share),
                    })}
                    onFocus={() => setActive({ truth, predicted })}
                    onClick={() => onChoose({ truth, predicted })}
                    onKeyDown={walk}
                  >
                    {count > 0 && (shares ? shareText(share) : count)}
                  </button>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Color strength of a cell with few samples, as a share of the full color. */
const FAINTEST = 0.28;

const within = (value: number, last: number): number => Math.max(0, Math.min(last, value));

/** Share in percent: 98, 1.2, 0.4. */
const shareText = (share: number): string => (share >= 0.0995 ? (100 * share).toFixed(0) : (100 * share).toFixed(1));
