import { useState } from 'react';
import type { OutputResults } from '../../../src/protocol/results.ts';
import { VirtualList } from '../../ui/controls/VirtualList.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { percent } from '../../ui/i18n/numbers.ts';
import { type Cell, confusionsOf } from './evaluation.ts';
import css from './ResultsPanel.module.css';

export interface ConfusionProps {
  readonly output: OutputResults;
  readonly labels: readonly string[];
  readonly shares: boolean;
  readonly chosen: Cell | null;
  onChoose(cell: Cell): void;
}

/** Confusions as a list, the most frequent first. Used for many classes. */
export function ConfusionList({ output, labels, shares, chosen, onChoose }: ConfusionProps) {
  const { say } = useWords();
  const [active, setActive] = useState(-1);
  const cells = confusionsOf(output);
  return (
    <VirtualList
      label={say('results.confusion')}
      count={cells.length}
      rowHeight={24}
      active={active}
      isSelected={(at) => cells[at]?.truth === chosen?.truth && cells[at]?.predicted === chosen?.predicted}
      onMove={setActive}
      onEnter={(at) => cells[at] && onChoose(cells[at])}
      row={(at) => {
        const { truth, predicted, count } = cells[at] as (typeof cells)[number];
        const share = count / (output.classes[truth]?.support ?? count);
        return (
          <span className={css.pair}>
            {say('results.taken', { truth: labels[truth] ?? '', predicted: labels[predicted] ?? '' })}
            <b>{shares ? percent(share) : count}</b>
          </span>
        );
      }}
    />
  );
}
