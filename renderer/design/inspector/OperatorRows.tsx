import { Fragment } from 'react';
import { type Detail, operatorDetails } from '../../../src/check/operatorDetails.ts';
import type { DocumentNode } from '../../../src/graph/document.ts';
import { Fold } from '../../ui/controls/Fold.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { useDrawing } from './drawing.ts';
import css from './Inspector.module.css';

/** Ops, attributes, ports and tensors of an ONNX operator, for reading; nothing for other layers. */
export function OperatorRows({ node }: { readonly node: DocumentNode }) {
  const { say } = useWords();
  const operators = useDrawing(({ document }) => document.operators);
  const details = operatorDetails(operators, node.layer);
  if (details === null) return null;
  const { nodes, more, opsets, inputs, outputs, tensors } = details;
  return (
    <>
      <Fold name="operator" look="section" title={say('inspector.operator')}>
        <p className={css.code}>{opsets}</p>
        {nodes.map(({ op, attributes }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
          <Rows key={i} title={op} details={attributes} />
        ))}
        {more > 0 && <p>{say('inspector.moreNodes', { count: more })}</p>}
      </Fold>
      <Fold name="operatorValues" look="section" title={say('inspector.operatorValues')}>
        <Rows title={say('inspector.operatorInputs')} details={inputs} />
        <Rows title={say('inspector.operatorOutputs')} details={outputs} />
        {tensors.length > 0 && <Rows title={say('inspector.tensors')} details={tensors} />}
      </Fold>
    </>
  );
}

function Rows({ title, details }: { readonly title: string; readonly details: readonly Detail[] }) {
  const { pick } = useWords();
  return (
    <>
      <h3 className={css.subheading}>{title}</h3>
      {details.length > 0 && (
        <dl className={css.sums}>
          {details.map(({ name, value }) => (
            <Fragment key={name}>
              <dt>{name}</dt>
              <dd>{pick(value)}</dd>
            </Fragment>
          ))}
        </dl>
      )}
    </>
  );
}
