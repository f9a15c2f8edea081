import type { Edge } from '../../../src/graph/document.ts';
import { shapeText } from '../../../src/layers/config.ts';
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

/** A wire: what runs along it, from where to where. */
export function WireForm({ edge }: { readonly edge: Edge }) {
  const { say } = useWords();
  const nodes = useDocument(({ document }) => document.nodes);
  const batch = useDocument(({ document }) => document.recipe.batchSize);
  const shape = useDocument(({ check }) => check.nodes.get(edge.from.node)?.outputs[edge.from.port]);
  const size = shape?.reduce((a, b) => a * b, 1);
  const end = ({ node, port }: Edge['from']) => (
    <button type="button" className={css.link} onClick={() => show(node)}>
      {nodes.find(({ id }) => id === node)?.name ?? node}
      <span className={css.port}>{port}</span>
    </button>
  );
  return (
    <>
      <h1 className={css.title}>{say('wire.title')}</h1>
      <dl className={css.figures}>
        <div>
          <dt>{say('wire.from')}</dt>
          <dd>{end(edge.from)}</dd>
        </div>
        <div>
          <dt>{say('wire.to')}</dt>
          <dd>{end(edge.to)}</dd>
        </div>
        <div>
          <dt>{say('inspector.shape')}</dt>
          <dd>{shape ? shapeText(shape) : say('effect.unknown')}</dd>
        </div>
        {size !== undefined && (
          <>
            <div>
              <dt>{say('wire.values')}</dt>
              <dd>{whole(size)}</dd>
            </div>
            <div>
              <dt>{say('wire.memory', { batch })}</dt>
              <dd>{bytes(size * 4 * batch)}</dd>
            </div>
          </>
        )}
      </dl>
      <Remove label={say('wire.remove')} onRemove={() => removeWires([edge.id])} />
    </>
  );
}

const removeWires = (edges: readonly string[]) => useDocument.getState().edit([{ kind: 'disconnect', edges }]);

export function WiresForm({ edges }: { readonly edges: readonly string[] }) {
  const { say } = useWords();
  return (
    <>
      <h1 className={css.title}>{say('wire.selected', { count: edges.length })}</h1>
      <Remove label={say('wire.removeAll')} onRemove={() => removeWires(edges)} />
    </>
  );
}

/** Removes what is selected, after which nothing is. */
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
