import { layerOf } from '../../../src/layers/index.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { LayerIcon } from '../../ui/icons/LayerIcon.tsx';
import css from './KeysDialog.module.css';

/** Documentation of the selected layer; empty unless exactly one layer is selected. */
export function SelectionHelp() {
  const { pick } = useWords();
  const selected = useUi(({ selection }) => (selection.nodes.length === 1 ? selection.nodes[0] : undefined));
  const type = useDocument(({ document }) => document.nodes.find(({ id }) => id === selected)?.layer);
  const layer = type === undefined ? undefined : layerOf(type);
  if (layer === undefined) return null;
  return (
    <section className={css.help} aria-label={pick(layer.title)}>
      <h3 className={css.kind}>
        <span style={{ color: `var(--category-${layer.category})` }}>
          <LayerIcon layer={layer.type} category={layer.category} />
        </span>
        {pick(layer.title)}
      </h3>
      <p>{pick(layer.doc)}</p>
    </section>
  );
}
