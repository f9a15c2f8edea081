import { blockIdOf, type DocumentNode } from '../../../src/graph/document.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { exportBlock, saveToLibrary, shareable } from '../library/keeping.ts';
import css from './BlockActions.module.css';
import { useBlockDialog } from './blockDialogStore.ts';

/** Actions for the block of a node. */
export function BlockActions({ node }: { readonly node: DocumentNode }) {
  const { say } = useWords();
  const own = blockIdOf(node.layer);
  const share = (): void => {
    const block = shareable(node);
    if (block !== null) exportBlock(block).catch(console.error);
  };
  return (
    <div className={css.actions}>
      {own !== null && (
        <Button
          label={say('block.edit…')}
          look="outlined"
          onClick={() => useBlockDialog.getState().show({ kind: 'edit', block: own })}
        >
          {say('block.edit…')}
        </Button>
      )}
      <Button label={say('block.save')} look="outlined" onClick={() => saveToLibrary(node).catch(console.error)}>
        {say('block.save')}
      </Button>
      <Button label={say('block.export…')} look="outlined" onClick={share}>
        {say('block.export…')}
      </Button>
    </div>
  );
}
