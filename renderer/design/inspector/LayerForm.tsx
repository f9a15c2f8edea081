import { useEffect } from 'react';
import type { NodeReport } from '../../../src/check/checkedGraph.ts';
import { layerIn } from '../../../src/check/faces.ts';
import type { DocumentNode } from '../../../src/graph/document.ts';
import { readConfig, shapeText } from '../../../src/layers/config.ts';
import { inputPorts, type LayerDef, type Shape } from '../../../src/layers/layer.ts';
import { Fold } from '../../ui/controls/Fold.tsx';
import { FormulaLines } from '../../ui/formula/FormulaLines.tsx';
import { sumTex } from '../../ui/formula/sumTex.ts';
import { Tex } from '../../ui/formula/Tex.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { BlockActions } from '../blocks/BlockActions.tsx';
import { ProblemBox } from '../problems/ProblemBox.tsx';
import { BlockTitleRow, EnterRow, RepeatRow } from './BlockRows.tsx';
import { ConfigFields } from './ConfigFields.tsx';
import { Cost } from './Cost.tsx';
import { useDrawing, useInnerDrawing } from './drawing.ts';
import { Editable } from './Editable.tsx';
import { EffectView, useEffectOf } from './EffectView.tsx';
import { problemKey } from './effectOf.ts';
import { useEffects } from './effectStore.ts';
import { FrozenRow } from './FrozenRow.tsx';
import { InsideList } from './InsideList.tsx';
import css from './Inspector.module.css';
import { LayerHead } from './LayerHead.tsx';
import { NameRow } from './NameRow.tsx';
import { OpenRow } from './OpenRow.tsx';
import { OperatorRows } from './OperatorRows.tsx';
import { ReplaceHeadRow } from './ReplaceHeadRow.tsx';

/** The form of one layer, from its config schema: no layer has a special case here. */
export function LayerForm({ node }: { readonly node: DocumentNode }) {
  const { say, pick } = useWords();
  const inner = useInnerDrawing();
  const layer = useDrawing(({ document }) => layerIn(document, node.layer));
  const report = useDrawing(({ check }) => check.nodes.get(node.id));
  useEffect(() => useEffects.getState().clear, []);
  return (
    <>
      <LayerHead
        type={node.layer}
        category={layer?.category ?? 'unknown'}
        title={node.name}
        kind={layer ? pick(layer.title) : node.layer}
        doc={layer ? pick(layer.doc) : say('inspector.unknown', { type: node.layer })}
      />
      <EnterRow node={node} />
      <Editable>
        <div className={css.fields}>
          <NameRow node={node} />
          <BlockTitleRow node={node} />
          <RepeatRow node={node} report={report} />
          {inner === null && <OpenRow node={node} report={report} />}
        </div>
      </Editable>
      {layer && <ConfigFields nodes={[node]} />}
      {(layer?.params || layer?.category === 'blocks') && (
        <Editable>
          <FrozenRow nodes={[node]} />
        </Editable>
      )}
      {layer?.output && inner === null && <ReplaceHeadRow />}
      {layer?.category === 'blocks' && inner === null && <BlockActions node={node} />}
      {report && <Problems node={node} report={report} />}
      {layer?.modes && <Modes modes={layer.modes} />}
      <OperatorRows node={node} />
      {layer && report && <Shapes layer={layer} report={report} node={node} />}
      {report && <Cost reports={[report]} />}
      {report?.inside && <InsideList report={report} />}
      {layer && report && <Computation layer={layer} report={report} node={node} />}
      <EffectView nodes={[node]} />
    </>
  );
}

/** Problems of the layer, except those that a field already shows. */
function Problems({ node, report }: { readonly node: DocumentNode; readonly report: NodeReport }) {
  const effect = useEffectOf([node]);
  const field = useEffects((state) => state.field);
  const shownProblems = new Set(field ? effect?.problems.map(problemKey) : []);
  const problems = report.diagnostics.filter(
    (diagnostic) => !diagnostic.port?.startsWith('config.') && !shownProblems.has(problemKey(diagnostic)),
  );
  return <ProblemBox diagnostics={problems} />;
}

/** Differences of a layer between training and prediction. */
function Modes({ modes }: { readonly modes: NonNullable<LayerDef['modes']> }) {
  const { say, pick } = useWords();
  return (
    <Fold name="modes" look="section" title={say('inspector.modes')}>
      <dl className={css.sums}>
        <dt>{say('inspector.whileTraining')}</dt>
        <dd>{pick(modes.train)}</dd>
        <dt>{say('inspector.whilePredicting')}</dt>
        <dd>{pick(modes.predict)}</dd>
      </dl>
    </Fold>
  );
}

interface ReportProps {
  readonly node: DocumentNode;
  readonly layer: LayerDef;
  readonly report: NodeReport;
}

/** True if all inputs and outputs have a known shape. */
function isKnown({ node, layer, report }: ReportProps): boolean {
  const { config } = readConfig(layer.config, node.config);
  return (
    layer.outputs.every((port) => report.outputs[port]) &&
    inputPorts(layer, config).every((port) => report.inputs[port])
  );
}

const shapesText = (shapes: Readonly<Record<string, Shape>>): string => Object.values(shapes).map(shapeText).join(', ');

function Shapes(props: ReportProps) {
  const { say } = useWords();
  const { inputs, outputs } = props.report;
  if (!isKnown(props)) return null;
  const way = [inputs, outputs].filter((shapes) => Object.keys(shapes).length > 0).map(shapesText);
  return (
    <Fold name="shape" look="section" title={say('inspector.shape')}>
      <p className={css.code}>{way.join(' → ')}</p>
    </Fold>
  );
}

/** The formula of a layer, first in general, then with the numbers of this layer. */
function Computation(props: ReportProps) {
  const { say, pick } = useWords();
  const { node, layer, report } = props;
  const { config } = readConfig(layer.config, node.config);
  const formula = layer.formula(config);
  // A block has no formula; those of its layers apply.
  if (formula.tex.length === 0 && formula.source === undefined) return null;
  const sums = isKnown(props) ? (layer.explain?.(report.inputs, report.outputs, config) ?? []) : [];
  return (
    <Fold name="formula" look="section" title={say(formula.tex.length === 0 ? 'inspector.paper' : 'inspector.formula')}>
      <FormulaLines formula={formula} />
      {sums.length > 0 && (
        <>
          <h3 className={css.subheading}>{say('inspector.withNumbers')}</h3>
          <dl className={css.worked}>
            {sums.map(({ label, sum }) => (
              <div key={label.en}>
                <dt>{pick(label)}</dt>
                <dd>
                  <Tex tex={sumTex(sum)} />
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </Fold>
  );
}
