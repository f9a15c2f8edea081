import { oneLine } from '../../../src/graph/document.ts';
import { templateOf } from '../../../templates/index.ts';
import { nameOf } from '../../state/files/nameOf.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { Fold } from '../../ui/controls/Fold.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { Figures } from './Figures.tsx';
import css from './Inspector.module.css';
import { WrittenText } from './WrittenText.tsx';

/** The whole network: its name and totals. */
export function NetworkForm() {
  const { say, pick, language } = useWords();
  const name = useDocument(({ document }) => nameOf(document, language));
  const layers = useDocument(({ check, document }) => check.graph?.nodes.length ?? document.nodes.length);
  const template = useDocument(({ document }) => templateOf(document.template ?? ''));
  const totals = useDocument(({ check }) => check.totals);
  return (
    <Fold name="network" look="section" title={say('network.title')}>
      <WrittenText
        label={say('inspector.name')}
        value={name}
        onChange={(text) => useDocument.getState().transient([{ kind: 'rename', name: oneLine(text).trim() }])}
      />
      <Figures layers={layers} totals={totals} whole />
      {template && (
        <div className={css.muted}>
          <p>
            <strong>{say('network.from', { title: pick(template.title) })}</strong> {pick(template.description)}
          </p>
          {template.paper !== null && <p>{template.paper}</p>}
        </div>
      )}
      <ImportedModel />
    </Fold>
  );
}

/** The imported model, as it describes itself. */
function ImportedModel() {
  const { say } = useWords();
  const imported = useDocument(({ root }) => root.imported);
  if (imported === undefined) return null;
  const { program, opset, description, metadata } = imported;
  return (
    <section className={css.muted} aria-label={say('network.imported')}>
      <p>
        <strong>{say('network.imported')}</strong> {program === '' ? '' : `${program} · `}
        {say('network.importedOpset', { opset })}
      </p>
      {description !== '' && <p className={css.said}>{description}</p>}
      {metadata.length > 0 && (
        <dl className={css.metadata}>
          {metadata.map(({ key, value }) => (
            <div key={key}>
              <dt>{key}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
