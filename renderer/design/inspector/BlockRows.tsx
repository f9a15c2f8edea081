import type { NodeReport } from '../../../src/check/checkedGraph.ts';
import { layerIn } from '../../../src/check/faces.ts';
import { blockOf } from '../../../src/graph/blockEdits.ts';
import { blockIdOf, type DocumentNode, type NetworkDocument } from '../../../src/graph/document.ts';
import { int } from '../../../src/layers/config.ts';
import { hasInside } from '../../../src/plan/level.ts';
import { tryNode } from '../../../src/plan/trial.ts';
import { keysText } from '../../state/commands/commands.ts';
import { enterBlock } from '../../state/levels/navigate.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { FieldRow } from '../../ui/fields/FieldRow.tsx';
import { textOf, useWords } from '../../ui/i18n/i18n.ts';
import { useDrawing, useEditing, useInnerDrawing } from './drawing.ts';
import css from './Inspector.module.css';
import { WrittenText } from './WrittenText.tsx';

/** Name of a block of this document, shown at every instance. */
export function BlockTitleRow({ node }: { readonly node: DocumentNode }) {
  const { say } = useWords();
  const id = blockIdOf(node.layer);
  const block = useDocument(({ document }) => (id === null ? undefined : blockOf(document, id)));
  if (block === undefined) return null;
  return (
    <WrittenText
      label={say('inspector.blockTitle')}
      value={block.title}
      wrong={(text) => (text.trim() === '' ? say('inspector.titleEmpty') : null)}
      onChange={(text) =>
        useDocument.getState().transient([{ kind: 'renameBlock', block: block.id, title: text.trim() }])
      }
    />
  );
}

/** Button that enters a block. */
export function EnterRow({ node }: { readonly node: DocumentNode }) {
  const { say } = useWords();
  const inner = useInnerDrawing();
  const can = useDrawing(({ document, check }) => hasInside(document, check, node));
  if (!can) return null;
  return (
    <div className={css.enter}>
      <Button
        label={say('level.enter')}
        icon="enter"
        look="outlined"
        hint={keysText('enterBlock')}
        onClick={() => enterBlock(node.id, inner?.path)}
      >
        {say('level.enter')}
      </Button>
    </div>
  );
}

/** True if the output of the block fits its own input. */
function canFollow(
  doc: Pick<NetworkDocument, 'blocks' | 'operators'>,
  node: DocumentNode,
  report: NodeReport | undefined,
): boolean {
  const layer = layerIn(doc, node.layer);
  const [shape, ...more] = Object.values(report?.outputs ?? {});
  if (layer?.inputs.length !== 1 || shape === undefined || more.length > 0) return false;
  const { repeat: _, ...once } = node;
  return tryNode(doc, once, () => ({ shape, from: node.name })).reason === null;
}

interface RepeatProps {
  readonly node: DocumentNode;
  readonly report: NodeReport | undefined;
}

/** Number of copies of a block; hidden if its output does not fit its input. */
export function RepeatRow({ node, report }: RepeatProps) {
  const blocks = useDocument(({ document }) => document.blocks);
  const operators = useDocument(({ document }) => document.operators);
  const { edit, transient } = useEditing();
  const { commit, cancel } = useDocument.getState();
  const repeat = node.repeat ?? 1;
  if (layerIn({ blocks, operators }, node.layer)?.category !== 'blocks') return null;
  if (repeat === 1 && !canFollow({ blocks, operators }, node, report)) return null;
  const field = int({
    label: textOf('inspector.repeat'),
    help: textOf('inspector.repeatHint'),
    default: 1,
    min: 1,
    max: 1000,
  });
  return (
    <FieldRow
      field={field}
      value={repeat}
      onChange={(value) => transient([{ kind: 'setRepeat', node: node.id, repeat: Number(value) }])}
      onCommit={commit}
      onCancel={cancel}
      onReset={() => edit([{ kind: 'setRepeat', node: node.id, repeat: 1 }])}
    />
  );
}
