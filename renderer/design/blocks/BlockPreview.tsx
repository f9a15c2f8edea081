import type { BlockBody, EdgeEnd } from '../../../src/graph/document.ts';
import { blockLayer } from '../../../src/graph/document.ts';
import { shapeText } from '../../../src/layers/config.ts';
import type { Shape } from '../../../src/layers/layer.ts';
import type { ChosenSetting, Exposable } from '../../../src/plan/exposable.ts';
import { planBlock } from '../../../src/plan/makeBlock.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { whole } from '../../ui/i18n/numbers.ts';
import { LayerIcon } from '../../ui/icons/LayerIcon.tsx';
import css from './BlockDialog.module.css';
import type { BlockForm } from './blockForm.ts';
import { FieldValue } from './FieldValue.tsx';

interface Props {
  readonly form: BlockForm;
  readonly title: string;
  readonly chosen: readonly (ChosenSetting & { readonly field: Exposable })[];
}

interface Port {
  readonly name: string;
  readonly shape: Shape | undefined;
}

/** Ports with their shapes, and parameters, of the grouped layers or of the first use of the block. */
function useFigures({ block, nodes }: BlockForm) {
  const { document, check } = useDocument();
  if (block !== null) {
    const use = document.nodes.find(({ layer }) => layer === blockLayer(block.id));
    const report = use && check.nodes.get(use.id);
    const port = (side: 'inputs' | 'outputs', name: string): Port => ({ name, shape: report?.[side][name] });
    return {
      inputs: block.inputs.map(({ name }) => port('inputs', name)),
      outputs: block.outputs.map(({ name }) => port('outputs', name)),
      params: report?.params,
    };
  }
  const ids = nodes.map(({ id }) => id);
  const body: Pick<BlockBody, 'inputs' | 'outputs'> = planBlock(document, ids, '').edit?.block ?? {
    inputs: [],
    outputs: [],
  };
  const at = (side: 'inputs' | 'outputs', end: EdgeEnd | undefined): Shape | undefined =>
    end && check.nodes.get(end.node)?.[side][end.port];
  return {
    inputs: body.inputs.map(({ name, to }) => ({ name, shape: at('inputs', to[0]) })),
    outputs: body.outputs.map(({ name, from }) => ({ name, shape: at('outputs', from) })),
    params: ids.reduce((sum, id) => sum + (check.nodes.get(id)?.params ?? 0), 0),
  };
}

/** Preview of the block on the canvas and in the inspector. */
export function BlockPreview({ form, title, chosen }: Props) {
  const { say } = useWords();
  const { inputs, outputs, params } = useFigures(form);
  return (
    <section className={css.preview} aria-label={say('block.preview')}>
      <Ports label={say('block.inputs')} ports={inputs} />
      <div className={css.card}>
        <p className={css.title}>
          <span className={css.icon}>
            <LayerIcon layer="block" category="blocks" />
          </span>
          {title}
        </p>
        <p className={css.figures}>
          {say('block.layers', { count: form.nodes.length })}
          {params !== undefined && params > 0 && ` · ${say('block.params', { count: whole(params) })}`}
        </p>
        {chosen.length === 0 ? (
          <p className={css.figures}>{say('block.noneShown')}</p>
        ) : (
          <dl className={css.shown}>
            {chosen.map(({ label, field }) => (
              <div key={field.id}>
                <dt>{label}</dt>
                <dd>
                  <FieldValue {...field} />
                </dd>
              </div>
            ))}
          </dl>
        )}
      </div>
      <Ports label={say('block.outputs')} ports={outputs} />
    </section>
  );
}

function Ports({ label, ports }: { readonly label: string; readonly ports: readonly Port[] }) {
  if (ports.length === 0) return null;
  return (
    <p className={css.ports}>
      <span className={css.kind}>{label}</span>
      {ports.map(({ name, shape }) => (
        <span key={name} className={css.port}>
          {name}
          {shape !== undefined && <span className={css.shape}>{shapeText(shape)}</span>}
        </span>
      ))}
    </p>
  );
}
