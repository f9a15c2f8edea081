import { outputText } from '../../../src/check/outputText.ts';
import type { Edge } from '../../../src/graph/document.ts';
import { canvas } from '../../state/stores/canvasHandle.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { bytes, whole } from '../../ui/i18n/numbers.ts';
import css from './Inspector.module.css';

function show(node: string): void {
  useUi.getState().select({ nodes: [node] });
  canvas.current?.reveal(node);
}

/** An edge: its shape, source and target. */
export function EdgeForm({ edge }: { readonly edge: Edge }) {
  const { say } = useWords();
  const nodes = useDocument(({ document }) => document.nodes);
  const batch = useDocument(({ document }) => document.recipe.batchSize);
  const shape = useDocument(({ check }) => check.nodes.get(edge.from.node)?.outputs[edge.from.port]);
  const text = useDocument(({ check }) => outputText(check.nodes.get(edge.from.node), edge.from.port));
  const size = shape?.reduce((a, b) => a * b, 1);
  const end = ({ node, port }: Edge['from']) => (
    <button type="button" className={css.link} onClick={() => show(node)}>
      {nodes.find(({ id }) => id === node)?.name ?? node}
      <span className={css.port}>{port}</span>
    </button>
  );
  return (
    <>
      <h1 className={css.title}>{say('edge.title')}</h1>
      <dl className={css.figures}>
        <div>
          <dt>{say('edge.from')}</dt>
          <dd>{end(edge.from)}</dd>
        </div>
        <div>
          <dt>{say('edge.to')}</dt>
          <dd>{end(edge.to)}</dd>
        </div>
        <div>
          <dt>{say('inspector.shape')}</dt>
          <dd>{text ?? say('effect.unknown')}</dd>
        </div>
        {size !== undefined && (
          <>
            <div>
              <dt>{say('edge.values')}</dt>
              <dd>{whole(size)}</dd>
            </div>
            <div>
              <dt>{say('edge.memory', { batch })}</dt>
              <dd>{bytes(size * 4 * batch)}</dd>
            </div>
          </>
        )}
      </dl>
      <Remove label={say('edge.remove')} onRemove={() => removeEdges([edge.id])} />
    </>
  );
}

const removeEdges = (edges: readonly string[]) => useDocument.getState().edit([{ kind: 'disconnect', edges }]);

export function EdgesForm({ edges }: { readonly edges: readonly string[] }) {
  const { say } = useWords();
  return (
    <>
      <h1 className={css.title}>{say('edge.selected', { count: edges.length })}</h1>
      <Remove label={say('edge.removeAll')} onRemove={() => removeEdges(edges)} />
    </>
  );
}

/** Removes the selected items and clears the selection. */
export function Remove({ label, onRemove }: { readonly label: string; onRemove(): void }) {
  return (
    <div className={css.actions}>
      <Button
        label={label}
        look="outlined"
        onClick={() => {
          useUi.getState().select({});
          onRemove();
        }}
      >
        {label}
      </Button>
    </div>
  );
}
