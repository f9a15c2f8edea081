import { useEffect } from 'react';
import { layerIn } from '../../../src/check/faces.ts';
import type { DocumentNode } from '../../../src/graph/document.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { LayerIcon } from '../../ui/icons/LayerIcon.tsx';
import { ConfigFields } from './ConfigFields.tsx';
import { Cost } from './Cost.tsx';
import { Editable } from './Editable.tsx';
import { EffectView } from './EffectView.tsx';
import { useEffects } from './effectStore.ts';
import { FrozenRow } from './FrozenRow.tsx';
import { InitializerRow } from './InitializerRow.tsx';
import css from './Inspector.module.css';
import { sharedFields } from './sharedFields.ts';

/** Several layers: a change of a common field applies to all. */
export function MultiForm({ nodes }: { readonly nodes: readonly DocumentNode[] }) {
  const { say } = useWords();
  const check = useDocument((state) => state.check);
  const blocks = useDocument(({ document }) => document.blocks);
  const operators = useDocument(({ document }) => document.operators);
  useEffect(() => useEffects.getState().clear, []);
  const trained = nodes.filter(({ layer }) => layerIn({ blocks, operators }, layer)?.params);
  const shared = sharedFields({ blocks, operators }, nodes).length > 0;
  return (
    <>
      <h1 className={css.title}>{say('inspector.selected', { count: nodes.length })}</h1>
      <Kinds nodes={nodes} />
      {shared ? <ConfigFields nodes={nodes} /> : <p className={css.muted}>{say('inspector.nothingShared')}</p>}
      {trained.length > 0 && (
        <Editable>
          <FrozenRow nodes={trained} />
        </Editable>
      )}
      <InitializerRow nodes={nodes} />
      <Cost reports={nodes.flatMap(({ id }) => check.nodes.get(id) ?? [])} />
      <EffectView nodes={nodes} />
    </>
  );
}

/** Number of layers of each kind; a click keeps only these selected. */
function Kinds({ nodes }: { readonly nodes: readonly DocumentNode[] }) {
  const { say, pick } = useWords();
  const blocks = useDocument(({ document }) => document.blocks);
  const operators = useDocument(({ document }) => document.operators);
  const types = [...new Set(nodes.map(({ layer }) => layer))];
  return (
    <ul className={css.kinds}>
      {types.map((type) => {
        const members = nodes.filter((node) => node.layer === type);
        const layer = layerIn({ blocks, operators }, type);
        const category = layer?.category ?? 'unknown';
        const name = layer ? pick(layer.title) : type;
        return (
          <li key={type}>
            <button
              type="button"
              className={css.chip}
              title={say('inspector.onlyThese', { kind: name })}
              onClick={() => useUi.getState().select({ nodes: members.map(({ id }) => id) })}
            >
              <span
                className={css.icon}
                style={{ color: category === 'unknown' ? 'var(--muted)' : `var(--category-${category})` }}
              >
                <LayerIcon layer={type} category={category} />
              </span>
              {`${members.length} × ${name}`}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
