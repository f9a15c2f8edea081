import { useId } from 'react';
import type { NodeReport } from '../../../src/check/checkedGraph.ts';
import type { DocumentNode } from '../../../src/graph/document.ts';
import rows from '../../ui/fields/FieldRow.module.css';
import { Switch } from '../../ui/fields/Switch.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { setOpen } from '../canvas/scene/openBlocks.ts';

interface Props {
  readonly node: DocumentNode;
  readonly report: NodeReport | undefined;
}

/** Expands a block on the canvas; hidden for an unknown block. */
export function OpenRow({ node, report }: Props) {
  const { say } = useWords();
  const id = useId();
  const { open = false } = node;
  if (!open && !report?.inside?.length) return null;
  return (
    <div className={rows.row}>
      <span className={rows.label} title={say('inspector.openHint')}>
        <label htmlFor={id}>{say('inspector.open')}</label>
      </span>
      <Switch id={id} describedBy={`${id}-help`} value={open} onChange={(value) => setOpen([node.id], value)} />
      <span id={`${id}-help`} hidden>
        {say('inspector.openHint')}
      </span>
    </div>
  );
}
