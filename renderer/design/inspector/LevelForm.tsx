import { layerIn } from '../../../src/check/faces.ts';
import { isPort } from '../../../src/graph/insideDrawing.ts';
import type { Level } from '../../../src/plan/level.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { Fold } from '../../ui/controls/Fold.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { BlockTitleRow } from './BlockRows.tsx';
import { Figures } from './Figures.tsx';
import css from './Inspector.module.css';
import { LayerHead } from './LayerHead.tsx';

/** The entered block: its title and totals. */
export function LevelForm({ level }: { readonly level: Level }) {
  const { say, pick } = useWords();
  const { node, document, check } = level;
  const layer = useDocument(({ root }) => layerIn(root, node.layer));
  return (
    <>
      <LayerHead
        type={node.layer}
        category={layer?.category ?? 'unknown'}
        title={node.name}
        kind={pick(level.title)}
        doc={layer ? pick(layer.doc) : ''}
      />
      <div className={css.fields}>
        <BlockTitleRow node={node} />
      </div>
      <Fold name="level" look="section" title={say('level.inside')}>
        <Figures layers={document.nodes.filter(({ id }) => !isPort(id)).length} totals={check.totals} />
      </Fold>
    </>
  );
}
