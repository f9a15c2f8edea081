import { useEffect, useState } from 'react';
import { factsOf } from '../../src/data/known.ts';
import { readingKey } from '../../src/data/readingKey.ts';
import { engine } from '../state/desktop/engine.ts';
import { NotTrainableFix } from '../state/run/NotTrainableWords.tsx';
import { useNotTrainable } from '../state/run/useNotTrainable.ts';
import { SampleGrid } from '../state/samples/SampleGrid.tsx';
import { useDocument, useRun } from '../state/stores/stores.ts';
import { EmptyState } from '../ui/controls/EmptyState.tsx';
import { useWords } from '../ui/i18n/i18n.ts';
import { SampleDetail } from './SampleDetail.tsx';
import { SampleFilter, type SampleFilterValue } from './SampleFilter.tsx';
import css from './SamplesPanel.module.css';

const everything: SampleFilterValue = { label: null, part: null, text: '' };

/** The samples of the dataset that a filter lets through, in their order, or one of them at its own size. */
export function SamplesPanel({ onPredict }: { onPredict(index: number): void }) {
  const { say } = useWords();
  const data = useDocument(({ root }) => root.data);
  const ready = useRun(({ engine }) => engine === 'ready');
  const why = useNotTrainable();
  const facts = factsOf(data);
  const key = readingKey(data);
  const [filter, setFilter] = useState(everything);
  const [chosen, setChosen] = useState<number | null>(null);
  const found = useFound(filter, key, ready && facts !== null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other data has other classes and samples
  useEffect(() => {
    setFilter(everything);
    setChosen(null);
  }, [data.source]);
  if (facts === null) {
    return <EmptyState action={why && <NotTrainableFix why={why} />}>{say('data.unknown')}</EmptyState>;
  }
  const count = found?.length ?? facts.count;
  const indexAt = (at: number): number => found?.[at] ?? at;
  if (chosen !== null && chosen < count) {
    return (
      <SampleDetail
        key={`${key} ${indexAt(chosen)}`}
        index={indexAt(chosen)}
        onBack={() => setChosen(null)}
        onPrevious={chosen > 0 ? () => setChosen(chosen - 1) : null}
        onNext={chosen + 1 < count ? () => setChosen(chosen + 1) : null}
        onPredict={onPredict}
      />
    );
  }
  return (
    <section className={css.panel} aria-label={say('panel.samples')}>
      <SampleFilter value={filter} count={count} target={facts.targets[0]} onChange={setFilter} />
      {ready && count === 0 && <EmptyState>{say('data.noneFound')}</EmptyState>}
      {ready && count > 0 && (
        <SampleGrid
          key={`${key} ${JSON.stringify(filter)}`}
          label={say('panel.samples')}
          count={count}
          caption={(at) => {
            const index = indexAt(at);
            return { index, words: null, more: `#${index}`, title: say('data.sample', { index }) };
          }}
          onChoose={(index) => setChosen(found === null ? index : found.indexOf(index))}
        />
      )}
    </section>
  );
}

/** Indices that the filter lets through; null where it lets all through, or while the first answer is awaited. */
function useFound({ label, part, text }: SampleFilterValue, key: string, ready: boolean) {
  const [found, setFound] = useState<{ key: string; indices: Uint32Array } | null>(null);
  const isAll = label === null && part === null && text.trim() === '';
  useEffect(() => {
    if (!ready || isAll) return;
    let isCurrent = true;
    engine
      .call('findSamples', { document: useDocument.getState().root, label, part, text })
      .then(({ indices }) => {
        if (isCurrent) setFound({ key, indices });
      })
      .catch(console.error);
    return () => {
      isCurrent = false;
    };
  }, [label, part, text, key, ready, isAll]);
  return isAll || found?.key !== key ? null : found.indices;
}
