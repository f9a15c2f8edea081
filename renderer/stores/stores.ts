import { emptyDocument } from '../../src/graph/document.ts';
import { templates } from '../../templates/index.ts';
import { createDocumentStore } from './documentStore.ts';
import { createRunStore } from './runStore.ts';
import { createUiStore } from './uiStore.ts';

/** The app's three stores. What opens first is the first template. */
export const useDocument = createDocumentStore(templates[0]?.document ?? emptyDocument);
export const useRun = createRunStore();
export const useUi = createUiStore(localStorage);

export const isUnsaved = (): boolean => {
  const { document, saved } = useDocument.getState();
  return document !== saved || useRun.getState().weightsUnsaved;
};
