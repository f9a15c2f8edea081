import { type DocumentNode, oneLine } from '../../../src/graph/document.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { useEditing } from './drawing.ts';
import { WrittenText } from './WrittenText.tsx';

/** The name of a layer. */
export function NameRow({ node }: { readonly node: DocumentNode }) {
  const { say } = useWords();
  const { transient } = useEditing();
  return (
    <WrittenText
      label={say('inspector.name')}
      value={node.name}
      wrong={(text) => (oneLine(text).trim() === '' ? say('inspector.nameEmpty') : null)}
      onChange={(text) => transient([{ kind: 'renameNode', node: node.id, name: oneLine(text).trim() }])}
    />
  );
}
