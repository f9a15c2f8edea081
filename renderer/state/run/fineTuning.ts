import type { NetworkDocument } from '../../../src/graph/document.ts';
import type { Edit } from '../../../src/graph/edits.ts';
import { freezeBody, unfreezeAll } from '../../../src/plan/freezing.ts';
import { bodyGroups, withGroups } from '../../../src/plan/rateGroups.ts';
import { planReplaceHead } from '../../../src/plan/replaceHead.ts';
import type { Message } from '../../ui/i18n/i18n.ts';
import { useDocument, useUi } from '../stores/stores.ts';

const refuse = (message: Message): void => useUi.getState().notify({ tone: 'bad', about: 'head', message });

/** The whole network, after the present gesture. */
function network(): NetworkDocument {
  useDocument.getState().commit();
  return useDocument.getState().root;
}

function editNetwork(edits: readonly Edit[]): void {
  useUi.getState().settle('head');
  useDocument.getState().editRoot(edits);
}

/** Replaces the head for the data in one step of the history, with a notice of the result or of the reason against it. */
export function replaceHead(): void {
  const plan = planReplaceHead(network());
  if (plan.refused !== null) {
    refuse(plan.refused);
    return;
  }
  editNetwork(plan.edits);
  const size = Object.values(plan.sizes).join(', ');
  useUi.getState().notify({
    tone: 'good',
    about: 'head',
    message: { key: 'fineTuning.replaced', values: { layers: plan.layers.join('”, “'), size } },
    action: { label: { key: 'fineTuning.undo' }, run: () => useDocument.getState().undo() },
  });
  withdrawOnEdit();
}

/** Takes the notice about the head away with the next change: its button would undo that change instead. */
function withdrawOnEdit(): void {
  const { root: replaced } = useDocument.getState();
  const { notices, dismiss } = useUi.getState();
  const notice = notices.find(({ about }) => about === 'head');
  if (notice === undefined) return;
  const stop = useDocument.subscribe(({ root }) => {
    if (root === replaced) return;
    stop();
    dismiss(notice.id);
  });
}

export function freezeAllButHead(): void {
  const edits = freezeBody(network());
  if (edits === null) refuse({ key: 'fineTuning.noHead' });
  else editNetwork(edits);
}

export const unfreezeAllLayers = (): void => editNetwork(unfreezeAll(network()));

/** Lets the body learn at a tenth of the learning rate of the head. */
export function slowBody(): void {
  const doc = network();
  const groups = bodyGroups(doc);
  if (groups === null) refuse({ key: 'fineTuning.noHead' });
  else editNetwork([{ kind: 'setRecipe', recipe: withGroups(doc.recipe, groups) }]);
}
