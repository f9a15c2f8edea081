import { factsOf } from '../../src/data/known.ts';
import { NotTrainableFix } from '../state/run/NotTrainableWords.tsx';
import { useNotTrainable } from '../state/run/useNotTrainable.ts';
import { SampleGrid } from '../state/samples/SampleGrid.tsx';
import { useDocument, useRun } from '../state/stores/stores.ts';
import { EmptyState } from '../ui/controls/EmptyState.tsx';
import { useWords } from '../ui/i18n/i18n.ts';
import css from './SamplesPanel.module.css';

/** Every sample of the dataset, in its order. */
export function SamplesPanel({ onChoose }: { onChoose(index: number): void }) {
  const { say } = useWords();
  const data = useDocument(({ root }) => root.data);
  const ready = useRun(({ engine }) => engine === 'ready');
  const why = useNotTrainable();
  const facts = factsOf(data);
  if (facts === null) {
    return <EmptyState action={why && <NotTrainableFix why={why} />}>{say('data.unknown')}</EmptyState>;
  }
  return (
    <section className={css.panel} aria-label={say('panel.samples')}>
      {ready && (
        <SampleGrid
          key={JSON.stringify(data)}
          label={say('panel.samples')}
          count={facts.count}
          caption={(index) => ({ index, words: null, more: `#${index}`, title: say('data.sample', { index }) })}
          onChoose={onChoose}
        />
      )}
    </section>
  );
}
