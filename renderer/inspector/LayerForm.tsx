import { useId } from 'react';
import type { NodeReport } from '../../src/check/checkedGraph.ts';
import type { ConfigValue, DocumentNode } from '../../src/graph/document.ts';
import { type Field, readConfig, shapeText } from '../../src/layers/config.ts';
import { layerOf } from '../../src/layers/index.ts';
import { inputPorts, type LayerDef, type Shape } from '../../src/layers/layer.ts';
import { useWords } from '../i18n/i18n.ts';
import { bytes, percent, whole } from '../i18n/numbers.ts';
import { Problem } from '../problems/ProblemList.tsx';
import { useDocument } from '../stores/stores.ts';
import rows from './FieldRow.module.css';
import { FieldRow } from './FieldRow.tsx';
import css from './Inspector.module.css';
import { NameRow } from './NameRow.tsx';

/** The form of one layer, made from its config schema: nothing here knows any layer by name. */
export function LayerForm({ node }: { readonly node: DocumentNode }) {
  const { say, pick } = useWords();
  const layer = layerOf(node.layer);
  const report = useDocument(({ check }) => check.nodes.get(node.id));
  return (
    <>
      <h1 className={css.title}>
        {node.name}
        <span className={css.kind}>{layer ? pick(layer.title) : node.layer}</span>
      </h1>
      <p className={css.doc}>{layer ? pick(layer.doc) : say('inspector.unknown', { type: node.layer })}</p>
      {report && report.diagnostics.length > 0 && (
        <ul className={css.problems}>
          {report.diagnostics.map((diagnostic) => (
            <Problem key={`${diagnostic.code} ${diagnostic.port}`} diagnostic={diagnostic} />
          ))}
        </ul>
      )}
      <div className={css.fields}>
        <NameRow node={node} />
      </div>
      {layer && <ConfigFields node={node} layer={layer} />}
      {layer?.params && <FrozenRow node={node} />}
      {layer?.modes && <Modes modes={layer.modes} />}
      {layer && report && <Shapes node={node} layer={layer} report={report} />}
      {layer && report && <Cost report={report} />}
    </>
  );
}

function ConfigFields({ node, layer }: { readonly node: DocumentNode; readonly layer: LayerDef }) {
  const { say } = useWords();
  const { transient, commit, cancel } = useDocument.getState();
  const row = ([key, field]: [string, Field]) => (
    <FieldRow
      key={key}
      field={field}
      value={node.config[key] ?? field.default}
      onChange={(value: ConfigValue) => transient([{ kind: 'setConfig', node: node.id, key, value }])}
      onCommit={commit}
      onCancel={cancel}
    />
  );
  const fields = Object.entries(layer.config);
  const plain = fields.filter(([, field]) => !field.advanced);
  const advanced = fields.filter(([, field]) => field.advanced);
  return (
    <>
      {plain.length > 0 && <div className={css.fields}>{plain.map(row)}</div>}
      {advanced.length > 0 && (
        <details className={css.more}>
          <summary>{say('inspector.more')}</summary>
          <div className={css.fields}>{advanced.map(row)}</div>
        </details>
      )}
    </>
  );
}

function FrozenRow({ node }: { readonly node: DocumentNode }) {
  const { say } = useWords();
  const id = useId();
  const { edit } = useDocument.getState();
  return (
    <div className={css.fields}>
      <div className={rows.row} title={say('inspector.frozenHint')}>
        <label htmlFor={id}>{say('inspector.frozen')}</label>
        <input
          id={id}
          type="checkbox"
          className={rows.check}
          checked={node.frozen ?? false}
          onChange={({ target }) => edit([{ kind: 'setFrozen', node: node.id, frozen: target.checked }])}
        />
      </div>
    </div>
  );
}

/** A layer that does one thing in training and another in prediction says so. */
function Modes({ modes }: { readonly modes: NonNullable<LayerDef['modes']> }) {
  const { say, pick } = useWords();
  return (
    <section className={css.section}>
      <h2>{say('inspector.modes')}</h2>
      <dl className={css.sums}>
        <div>
          <dt>{say('inspector.whileTraining')}</dt>
          <dd>{pick(modes.train)}</dd>
        </div>
        <div>
          <dt>{say('inspector.whilePredicting')}</dt>
          <dd>{pick(modes.predict)}</dd>
        </div>
      </dl>
    </section>
  );
}

const shapesText = (shapes: Readonly<Record<string, Shape>>): string => Object.values(shapes).map(shapeText).join(', ');

interface ShapesProps {
  readonly node: DocumentNode;
  readonly layer: LayerDef;
  readonly report: NodeReport;
}

function Shapes({ node, layer, report }: ShapesProps) {
  const { say, pick } = useWords();
  const { config } = readConfig(layer.config, node.config);
  const known =
    layer.outputs.every((port) => report.outputs[port]) &&
    inputPorts(layer, config).every((port) => report.inputs[port]);
  if (!known) return null;
  const lines = layer.explain?.(report.inputs, report.outputs, config) ?? [];
  const way = [report.inputs, report.outputs].filter((shapes) => Object.keys(shapes).length > 0).map(shapesText);
  return (
    <section className={css.section}>
      <h2>{say('inspector.shape')}</h2>
      <p className={css.code}>{way.join(' → ')}</p>
      {lines.length > 0 && (
        <dl className={css.sums}>
          {lines.map(({ label, sum }) => (
            <div key={label.en}>
              <dt>{pick(label)}</dt>
              <dd>{sum}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function Cost({ report }: { readonly report: NodeReport }) {
  const { say } = useWords();
  const totals = useDocument(({ check }) => check.totals);
  const batch = useDocument(({ document }) => document.recipe.batchSize);
  const size = Object.values(report.outputs).reduce((sum, shape) => sum + shape.reduce((a, b) => a * b, 1), 0);
  const rows = [
    ...(report.params > 0
      ? ([
          ['inspector.params', whole(report.params)],
          ['inspector.share', percent(report.params / totals.params)],
        ] as const)
      : []),
    ...(report.macs > 0 ? ([['inspector.macs', whole(report.macs)]] as const) : []),
    ...(size > 0 ? ([['inspector.activations', bytes(size * 4 * batch)]] as const) : []),
  ];
  if (rows.length === 0) return null;
  return (
    <section className={css.section}>
      <h2>{say('inspector.cost')}</h2>
      <dl className={css.figures}>
        {rows.map(([key, value]) => (
          <FigureRow key={key} label={say(key, { batch })} value={value} />
        ))}
      </dl>
    </section>
  );
}

function FigureRow({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  );
}
