import { useMemo } from 'react';
import type { Step } from '../../../src/graph/history.ts';
import type { Text } from '../../../src/text.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { VirtualList } from '../../ui/controls/VirtualList.tsx';
import { textOf, useWords } from '../../ui/i18n/i18n.ts';
import { describe } from './describe.ts';
import css from './HistoryPanel.module.css';

const ROW = 26;

const descriptions = new WeakMap<Step, Text>();

/** Descriptions are cached, because a step never changes and each edit lists all steps again. */
function wordsOf(step: Step): Text {
  const words = descriptions.get(step) ?? describe(step);
  descriptions.set(step, words);
  return words;
}

/** All applied steps, followed by the undone ones; a click goes to a step. */
export function HistoryPanel() {
  const { say, pick } = useWords();
  const { past, future } = useDocument((state) => state.history);
  const steps = useMemo(() => [textOf('history.start'), ...past.map(wordsOf), ...future.map(wordsOf)], [past, future]);
  const now = past.length;
  const travel = (index: number): void => useDocument.getState().travel(index);
  return (
    <VirtualList
      label={say('history.title')}
      count={steps.length}
      rowHeight={ROW}
      active={now}
      isSelected={(index) => index === now}
      onMove={travel}
      onEnter={travel}
      row={(index) => {
        const step = steps[index];
        return (
          <>
            <span className={css.number}>{index}</span>
            <span className={index > now ? css.undone : css.done}>{step && pick(step)}</span>
            {index === now && <span className={css.mark}>{say('history.now')}</span>}
            {index > now && <span className={css.mark}>{say('history.undone')}</span>}
          </>
        );
      }}
    />
  );
}
