import type { RunRecord } from '../../../src/runs/record.ts';
import { callDesktop } from '../../state/desktop/desktop.ts';
import { useUi } from '../../state/stores/stores.ts';
import { textOf } from '../../ui/i18n/i18n.ts';
import { csvOfRuns, jsonOfRuns } from './exportRuns.ts';

async function save(runs: readonly RunRecord[], format: 'csv' | 'json'): Promise<void> {
  const { notify, language } = useUi.getState();
  const answer = await callDesktop('saveFile', {
    suggestedName: `${textOf('runs.title')[language]}.${format}`,
    filters: [{ name: format.toUpperCase(), extensions: [format] }],
    bytes: format === 'csv' ? csvOfRuns(runs) : jsonOfRuns(runs),
  });
  if (!answer.ok) notify({ tone: 'bad', about: 'tables', message: answer.message });
  else if (answer.path !== null) {
    notify({ tone: 'good', about: 'tables', message: { key: 'runs.exported', values: { path: answer.path } } });
  }
}

/** Asks where to. */
export const saveRuns = (runs: readonly RunRecord[], format: 'csv' | 'json'): void => {
  save(runs, format).catch(console.error);
};
