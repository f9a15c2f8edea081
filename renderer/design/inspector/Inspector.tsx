import { memo, type ReactNode, useMemo } from 'react';
import type { DocumentNode } from '../../../src/graph/document.ts';
import { sameButPlace } from '../../state/stores/samePlacesAside.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { AnnotationsForm, FrameForm, NoteForm } from './AnnotationForms.tsx';
import { EdgeForm, EdgesForm } from './EdgeForm.tsx';
import { InnerForm, useInner } from './InnerForm.tsx';
import css from './Inspector.module.css';
import { LayerForm } from './LayerForm.tsx';
import { LevelForm } from './LevelForm.tsx';
import { MultiForm } from './MultiForm.tsx';
import { NetworkForm } from './NetworkForm.tsx';

/** True for nodes that differ only in their position, which no form shows. */
const alike = (a: DocumentNode, b: DocumentNode | undefined): boolean => sameButPlace(a, b) && a.open === b?.open;

/** The nodes with these ids; the same array while they are only dragged. */
function useNodes(ids: readonly string[]): readonly DocumentNode[] {
  const select = useMemo(() => {
    const wanted = new Set(ids);
    let last: readonly DocumentNode[] = [];
    return (nodes: readonly DocumentNode[]): readonly DocumentNode[] => {
      const found = wanted.size === 0 ? [] : nodes.filter(({ id }) => wanted.has(id));
      if (found.length !== last.length || !found.every((node, index) => alike(node, last[index]))) last = found;
      return last;
    };
  }, [ids]);
  return useDocument(({ document }) => select(document.nodes));
}

interface Props {
  /** Forms of the whole network from other parts of the window. */
  readonly children?: ReactNode;
}

export function Inspector({ children }: Props) {
  const { say } = useWords();
  return (
    <aside className={css.inspector} aria-label={say('inspector.title')}>
      <Form>{children}</Form>
    </aside>
  );
}

const OneLayer = memo(LayerForm);
const SeveralLayers = memo(MultiForm);

/** The form of the selection: layers before edges before notes and frames; without a selection, the network. */
function Form({ children }: Props) {
  const selection = useUi((state) => state.selection);
  const inner = useInner(useUi((state) => state.inner));
  const level = useDocument(({ levels }) => levels.at(-1));
  const nodes = useNodes(selection.nodes);
  const edges = useDocument(({ document }) => document.edges).filter(({ id }) => selection.edges.includes(id));
  const notes = useDocument(({ document }) => document.notes).filter(({ id }) => selection.annotations.includes(id));
  const frames = useDocument(({ document }) => document.frames).filter(({ id }) => selection.annotations.includes(id));
  const [[node], [edge], [note], [frame]] = [nodes, edges, notes, frames];
  // Keyed by item, so that half-typed text does not move to the next selection.
  if (inner !== null) return <InnerForm key={`inner ${inner.level.node.id} ${inner.node.id}`} {...inner} />;
  if (nodes.length > 1) return <SeveralLayers key={selection.nodes.join(' ')} nodes={nodes} />;
  if (node !== undefined) return <OneLayer key={node.id} node={node} />;
  if (edges.length > 1) return <EdgesForm edges={edges.map(({ id }) => id)} />;
  if (edge !== undefined) return <EdgeForm key={edge.id} edge={edge} />;
  if (notes.length + frames.length > 1) {
    return <AnnotationsForm ids={[...notes, ...frames].map(({ id }) => id)} frames={frames} />;
  }
  if (note !== undefined) return <NoteForm key={note.id} note={note} />;
  if (frame !== undefined) return <FrameForm key={frame.id} frame={frame} />;
  if (level !== undefined) return <LevelForm level={level} />;
  return (
    <>
      <NetworkForm />
      {children}
    </>
  );
}
