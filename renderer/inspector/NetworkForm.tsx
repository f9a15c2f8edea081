import { templateOf } from '../../templates/index.ts';
import { useWords } from '../i18n/i18n.ts';
import { bytes, short, whole } from '../i18n/numbers.ts';
import { useDocument } from '../stores/stores.ts';
import { Fold } from './Fold.tsx';
import css from './Inspector.module.css';
import { WrittenText } from './WrittenText.tsx';

/** The network as a whole: what it is called, and what it comes to. */
export function NetworkForm() {
  const { say, pick } = useWords();
  const name = useDocument(({ document }) => document.name);
  const layers = useDocument(({ document }) => document.nodes.length);
  const batch = useDocument(({ document }) => document.recipe.batchSize);
  const template = useDocument(({ document }) => templateOf(document.template ?? ''));
  const { params, trainableParams, macs, activationBytes } = useDocument(({ check }) => check.totals);
  const rows = [
    [say('network.layers'), whole(layers)],
    [say('inspector.params'), whole(params)],
    ...(trainableParams < params ? [[say('network.frozen'), whole(params - trainableParams)]] : []),
    [say('inspector.macs'), short(macs)],
    [say('inspector.activations', { batch }), bytes(activationBytes * batch)],
  ];
  return (
    <Fold name="network" look="section" title={say('network.title')}>
      <WrittenText
        label={say('inspector.name')}
        value={name}
        onChange={(text) => useDocument.getState().transient([{ kind: 'rename', name: text.trim() }])}
      />
      <dl className={css.figures}>
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {template && (
        <div className={css.muted}>
          <p>
            <strong>{say('network.from', { title: pick(template.title) })}</strong> {pick(template.description)}
          </p>
          {template.paper !== null && <p>{template.paper}</p>}
        </div>
      )}
    </Fold>
  );
}
