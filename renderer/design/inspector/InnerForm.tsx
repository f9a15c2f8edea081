import { useRef } from 'react';
import type { DocumentNode } from '../../../src/graph/document.ts';
import { type Level, levelsOn } from '../../../src/plan/level.ts';
import { useDocument } from '../../state/stores/stores.ts';
import type { Inner } from '../../state/stores/uiStore.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { type InnerDrawing, InnerDrawingContext } from './drawing.ts';
import css from './Inspector.module.css';
import { LayerForm } from './LayerForm.tsx';

interface InnerNode {
  readonly drawing: InnerDrawing;
  readonly node: DocumentNode;
  readonly level: Level;
}

/** The current state of a layer inside an expanded block; null if it has been removed. */
export function useInner(inner: Inner | null): InnerNode | null {
  const root = useDocument((state) => state.root);
  const rootCheck = useDocument((state) => state.rootCheck);
  const path = useDocument((state) => state.path);
  const last = useRef<readonly Level[]>([]);
  if (inner === null) return null;
  const whole = [...path, ...inner.path];
  const levels = levelsOn(root, rootCheck, whole, last.current);
  last.current = levels;
  const level = levels.at(-1);
  const node = level?.document.nodes.find(({ id }) => id === inner.node);
  if (level === undefined || node === undefined || levels.length < whole.length) return null;
  const { document, check } = level;
  return { drawing: { document, check, levels, path: inner.path }, node, level };
}

/** The form of a layer inside an expanded block, editable if the block belongs to the document. */
export function InnerForm({ drawing, node, level }: InnerNode) {
  const { say } = useWords();
  return (
    <InnerDrawingContext value={drawing}>
      <p className={css.insideOf}>{say('inspector.insideOf', { block: level.node.name })}</p>
      <LayerForm node={node} />
    </InnerDrawingContext>
  );
}
