import type { DesktopArgs, DesktopResult } from '../src/desktopCalls.ts';
import { dialogFolder } from './dialogFolder.ts';
import { createExporting, type Exporting } from './exporting.ts';
import { importBlock } from './importBlock.ts';
import { createOpening, type Opening, type OpeningRequest } from './opening.ts';
import { OwnFile } from './ownFile.ts';
import { createSaving, type Save } from './saving.ts';
import type { Surroundings } from './surroundings.ts';

export interface Files extends Opening, Exporting {
  /** File that saving writes to. */
  path(): string | null;
  /** Folder in which file dialogs start. */
  folder(): string;
  save: Save;
  importBlock(): Promise<DesktopResult<'importBlock'>>;
  keep(work: DesktopArgs<'keep'>[0]): Promise<DesktopResult<'keep'>>;
  reset(): Promise<DesktopResult<'reset'>>;
  /** Offers the unsaved work as lost work, and empties the window. */
  setAside(): Promise<OpeningRequest>;
  /** Called when the window is closed. `saved`: its work was saved or given up. */
  end(saved: boolean): void;
}

/** Opens and saves the network of one window. The page never names a path: paths come from dialogs and lists of main. */
export function createFiles(surroundings: Surroundings): Files {
  const own = new OwnFile(surroundings.engine, surroundings.recovery);
  const folder = dialogFolder(own, surroundings.settings);

  const opening = createOpening(surroundings, own, folder);

  return {
    ...opening,
    ...createExporting(surroundings, folder),
    save: createSaving(surroundings, own, folder),
    importBlock: () => importBlock(surroundings, folder),
    path: () => own.file.path,
    folder: folder.path,

    async keep(work) {
      await own.keep(work);
      return { ok: true };
    },
    async reset() {
      await own.inTurn(() => own.reset());
      return { ok: true };
    },
    async setAside() {
      await own.setAside();
      return { aside: true };
    },
    end(saved) {
      opening.importing.cancel();
      own.end(saved);
    },
  };
}
