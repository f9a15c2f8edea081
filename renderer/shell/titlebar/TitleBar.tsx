import { canUndo } from '../../../src/graph/history.ts';
import { keysText, runCommand } from '../../state/commands/commands.ts';
import { nameOf } from '../../state/files/nameOf.ts';
import { isEdited } from '../../state/stores/documentStore.ts';
import { useDocument, useRun, useUi } from '../../state/stores/stores.ts';
import { DeviceMenu } from '../../training/device/DeviceMenu.tsx';
import { Button } from '../../ui/controls/Button.tsx';
import { MenuButton } from '../../ui/controls/MenuButton.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { menuEntries } from '../commands/appMenu.ts';
import { CommandButton } from './CommandButton.tsx';
import { RunButtons } from './RunButtons.tsx';
import css from './TitleBar.module.css';
import { ViewButtons } from './ViewButtons.tsx';
import { WorkspaceTabs } from './WorkspaceTabs.tsx';

export function TitleBar() {
  const { say } = useWords();
  // Rerenders when keys change, because tooltips show them.
  useUi((state) => state.keys);
  return (
    <header className={css.bar} data-pane="title">
      <div className={css.row}>
        <div className={css.start}>
          <MenuButton icon="menu" label={say('view.menu')} entries={menuEntries} />
          <FileName />
          <span className={css.line} />
          <UndoButtons />
        </div>
        <WorkspaceTabs />
        <div className={css.end}>
          <CommandButton />
          <DeviceMenu />
          <ViewButtons />
          <ExportButton />
          <span className={css.line} />
          <RunButtons />
        </div>
      </div>
    </header>
  );
}

function UndoButtons() {
  const { say } = useWords();
  const undoable = useDocument(({ history }) => canUndo(history));
  const redoable = useDocument(({ history }) => history.future.length > 0);
  return (
    <div className={css.group}>
      <Button
        icon="undo"
        label={say('edit.undo')}
        hint={keysText('undo')}
        disabled={!undoable}
        onClick={() => runCommand('undo')}
      />
      <Button
        icon="redo"
        label={say('edit.redo')}
        hint={keysText('redo')}
        disabled={!redoable}
        onClick={() => runCommand('redo')}
      />
    </div>
  );
}

function FileName() {
  const { say, language } = useWords();
  const name = useDocument(({ fileName, root }) => fileName ?? nameOf(root, language));
  const edited = useDocument(isEdited);
  const trained = useRun((state) => state.weightsUnsaved);
  return (
    <h1 className={css.file}>
      <span className={css.name}>{name}</span>
      {(edited || trained) && (
        <span className={css.dot} role="img" aria-label={say('file.unsaved')} title={say('file.unsaved')} />
      )}
    </h1>
  );
}

function ExportButton() {
  const { say } = useWords();
  const sound = useDocument((state) => state.rootCheck.graph !== null);
  const hint = say(sound ? 'file.exportHint' : 'file.exportBlocked');
  return (
    <Button
      icon="export"
      label={say('file.export')}
      hint={hint}
      blocked={!sound}
      onClick={() => runCommand('export')}
    />
  );
}
