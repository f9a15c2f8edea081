import type { RunRecord } from '../../../src/runs/record.ts';
import { saveFile } from '../../state/files/saveFile.ts';
import { useUi } from '../../state/stores/stores.ts';
import { textOf } from '../../ui/i18n/i18n.ts';
import { csvOfRuns, jsonOfRuns } from './exportRuns.ts';

/** Asks for a file name and exports the runs. */
export const saveRuns = (runs: readonly RunRecord[], format: 'csv' | 'json'): void => {
  const bytes = format === 'csv' ? csvOfRuns(runs) : jsonOfRuns(runs);
  saveFile(textOf('runs.title')[useUi.getState().language], format, bytes, {
    about: 'tables',
    saved: (path) => ({ message: { key: 'runs.exported', values: { path } } }),
  }).catch(console.error);
};
