import { emptyDocument } from '../../../src/graph/document.ts';
import { createDocumentStore, isEdited } from './documentStore.ts';
import { createRunStore } from './runStore.ts';
import { createUiStore } from './uiStore.ts';

/** The app's stores for document, run and interface. */
export const useDocument = createDocumentStore(emptyDocument, (error) => {
  console.error(error);
  const reason = error instanceof Error ? error.message : String(error);
  useUi.getState().notify({ tone: 'bad', about: 'drawing', message: { key: 'drawing.undone', values: { reason } } });
});
export const useRun = createRunStore();
export const useUi = createUiStore();

export const isUnsaved = (): boolean => isEdited(useDocument.getState()) || useRun.getState().weightsUnsaved;
