import { factsOf } from '../../src/data/known.ts';
import { SampleGrid } from '../state/samples/SampleGrid.tsx';
import { useDocument, useRun } from '../state/stores/stores.ts';
import { useWords } from '../ui/i18n/i18n.ts';
import css from './SamplesPanel.module.css';

/** Every sample of the dataset, in its order. */
export function SamplesPanel({ onChoose }: { onChoose(index: number): void }) {
  const { say } = useWords();
  const source = useDocument(({ root }) => root.data.source);
  const ready = useRun(({ engine }) => engine === 'ready');
  const facts = factsOf(source);
  if (facts === null) return <p className={css.none}>{say('data.unknown')}</p>;
  return (
    <section className={css.panel} aria-label={say('panel.samples')}>
      {ready && (
        <SampleGrid
          key={source}
          label={say('panel.samples')}
          count={facts.count}
          caption={(index) => ({ index, words: `${index}`, more: '', title: say('data.sample', { index }) })}
          onChoose={onChoose}
        />
      )}
    </section>
  );
}
