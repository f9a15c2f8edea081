import { useEffect, useState } from 'react';
import { importFiles, isBlockFile } from '../../design/library/keeping.ts';
import { takeData } from '../../state/data/ownData.ts';
import { openFiles } from '../../state/files/opening.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { Icon } from '../../ui/icons/Icon.tsx';
import css from './FileDrop.module.css';

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false;

/** True over a part of the window that handles dropped files itself. */
const isTaken = ({ target }: DragEvent): boolean => target instanceof Element && target.closest('[data-drop]') !== null;

/** Opens a file dropped anywhere on the window, with a hint while it hovers. */
export function FileDrop() {
  const { say } = useWords();
  const [over, setOver] = useState(false);

  useEffect(() => {
    const onDragOver = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      if (isTaken(event)) {
        setOver(false);
        return;
      }
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    };
    // Without a related target, the pointer has left the window.
    const onDragLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      setOver(false);
      if (!hasFiles(event) || isTaken(event)) return;
      event.preventDefault();
      const files = [...(event.dataTransfer?.files ?? [])];
      const blocks = files.filter(isBlockFile);
      const networks = files.filter((file) => !blocks.includes(file));
      importFiles(blocks).catch(console.error);
      if (networks.length > 0) openFiles(networks, takeData).catch(console.error);
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);

  if (!over) return null;
  return (
    <div className={css.cover}>
      <p className={css.words}>
        <Icon name="open" size={20} />
        {say('file.drop')}
      </p>
    </div>
  );
}
