import { useEffect } from 'react';
import { DRAWN } from '../../src/data/drawnPoints.ts';
import { factsOf, isOwn, splitCounts } from '../../src/data/known.ts';
import { readingKey } from '../../src/data/readingKey.ts';
import { recoloredText } from '../../src/data/recolored.ts';
import { toyOf } from '../../src/data/toySource.ts';
import { shapeText } from '../../src/layers/config.ts';
import { changeReading, lookAtData, useOwnData } from '../state/data/ownData.ts';
import { useDocument } from '../state/stores/stores.ts';
import { Button } from '../ui/controls/Button.tsx';
import { useWords } from '../ui/i18n/i18n.ts';
import { whole } from '../ui/i18n/numbers.ts';
import { ClassBalance } from './ClassBalance.tsx';
import css from './DataPanel.module.css';
import { DataSource } from './DataSource.tsx';
import { DecodedImages } from './DecodedImages.tsx';
import { fieldLayers } from './fieldLayers.ts';
import { ImageForm } from './ImageForm.tsx';
import { KnownSets } from './KnownSets.tsx';
import { PointsEditor } from './PointsEditor.tsx';
import { SplitForm } from './split/SplitForm.tsx';
import { TableForm } from './TableForm.tsx';
import { ToySettings } from './ToySettings.tsx';
import { UnreadableFiles } from './UnreadableFiles.tsx';

/** The dataset of the network, from top to bottom: its source, how it is read, its split and its classes. */
export function DataPanel() {
  const { say, pick } = useWords();
  const data = useDocument(({ root }) => root.data);
  const check = useDocument(({ rootCheck }) => rootCheck);
  const own = isOwn(data);
  const key = readingKey(data);
  const opened = useOwnData((state) =>
    state.opened !== null && readingKey(state.opened.data) === key ? state.opened : null,
  );
  const facts = factsOf(data);
  const toy = toyOf(data.source);

  useEffect(() => {
    const { root } = useDocument.getState();
    if (own && opened === null && readingKey(root.data) === key) void lookAtData(root.data);
  }, [own, opened, key]);

  const counts = facts === null ? null : splitCounts(facts, data);
  const layers = facts === null || facts.inputs.length + facts.targets.length === 2 ? null : fieldLayers(check, facts);
  // With one input and one target there is only one way to connect them.
  const withLayers = (field: string, names: readonly string[]): string => {
    if (layers === null) return field;
    return names.length === 0 ? say('data.unused', { field }) : say('data.goesTo', { field, layer: names.join(', ') });
  };
  const rows =
    facts === null || counts === null
      ? []
      : [
          [say('data.samples'), whole(facts.count)],
          [say('data.training'), whole(counts.train)],
          [say('data.heldOut'), whole(counts.validation)],
          ...(counts.test > 0 ? [[say('data.test'), whole(counts.test)]] : []),
          ...facts.inputs.map(({ name, shape }) => [
            say('data.inputs'),
            withLayers(say('data.field', { name, shape: shapeText(shape) }), layers?.inputs.get(name) ?? []),
          ]),
          ...facts.targets.map(({ name, shape, classes }) => [
            say('data.targets'),
            withLayers(
              classes === null
                ? say('data.field', { name, shape: shapeText(shape) })
                : say('data.classes', { name, count: classes }),
              layers?.targets.get(name) ?? [],
            ),
          ]),
        ];
  const target = facts?.targets[0];
  const isImages = opened?.contents.kind === 'images';
  const recolored = data.image === undefined ? null : recoloredText(opened?.contents.recolored ?? 0, data.image);
  return (
    <section className={css.panel} aria-label={say('panel.data')}>
      <DataSource />
      <KnownSets source={data.source} />
      {toy !== null && <ToySettings source={data.source} toy={toy} />}
      {data.source === DRAWN && <PointsEditor points={data.points ?? []} />}
      {data.image !== undefined && <ImageForm key={key} image={data.image} />}
      {recolored !== null && <p>{pick(recolored)}</p>}
      {opened !== null && opened.contents.columns.length > 0 && (
        <TableForm
          columns={opened.contents.columns}
          target={(isImages ? opened.contents.columns[0]?.name : target?.name) ?? ''}
          table={data.table ?? {}}
          listsImages={isImages}
        />
      )}
      <section aria-label={say('data.split')}>
        <h2>{say('data.split')}</h2>
        <SplitForm />
      </section>
      {rows.length > 0 && (
        <dl className={css.facts}>
          {rows.map(([label, value]) => (
            <div key={`${label} ${value}`}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {opened !== null && <p>{pick(opened.contents.labels)}</p>}
      {opened?.contents.classes.includes(0) && (
        <Button
          label={say('data.renumber')}
          look="outlined"
          onClick={() => void changeReading({ labels: 'renumbered' })}
        >
          {say('data.renumber')}
        </Button>
      )}
      {opened !== null && opened.contents.classes.length > 0 && (
        <ClassBalance counts={opened.contents.classes} names={target?.names} />
      )}
      {opened !== null && <UnreadableFiles {...opened.contents} />}
      {data.image !== undefined && <DecodedImages key={`decoded ${key}`} />}
    </section>
  );
}
