import { useWords } from '../i18n/i18n.ts';
import { useDocument, useUi } from '../stores/stores.ts';
import css from './Inspector.module.css';
import { LayerForm } from './LayerForm.tsx';
import { RecipeForm } from './RecipeForm.tsx';

export function Inspector() {
  const { say } = useWords();
  const selected = useUi((state) => state.selection.nodes);
  const [id] = selected;
  const node = useDocument(({ document }) => document.nodes.find((candidate) => candidate.id === id));
  return (
    <aside className={css.inspector} aria-label={say('inspector.title')}>
      {selected.length > 1 ? (
        <p className={css.muted}>{say('inspector.selected', { count: selected.length })}</p>
      ) : node === undefined ? (
        <RecipeForm />
      ) : (
        // A form of its own for every node: half-typed text does not wander from one to the next.
        <LayerForm key={node.id} node={node} />
      )}
    </aside>
  );
}
