import { useRef } from 'react';
import { elementOf } from '../../state/levels/focusItem.ts';
import { Dialog } from '../../ui/controls/Dialog.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { BlockFields } from './BlockFields.tsx';
import { useBlockDialog } from './blockDialogStore.ts';
import { RenameForm } from './RenameForm.tsx';

const cardOfMade = (): HTMLElement | null => {
  const { made } = useBlockDialog.getState();
  return made === null ? null : elementOf(made);
};

/** Name and config fields of a block. Nothing changes until the user confirms. */
export function BlockDialog() {
  const { say } = useWords();
  const { task, close } = useBlockDialog();
  const name = useRef<HTMLInputElement>(null);
  return (
    <Dialog
      title={say(`block.${task?.kind ?? 'make'}`)}
      open={task !== null}
      focus={name}
      focusAfter={cardOfMade}
      onClose={() => close()}
    >
      {task?.kind === 'rename' && <RenameForm key={task.id} name={name} id={task.id} />}
      {task !== null && task.kind !== 'rename' && <BlockFields key={JSON.stringify(task)} name={name} task={task} />}
    </Dialog>
  );
}
