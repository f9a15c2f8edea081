import { expect, it } from 'vitest';
import { check } from '../../../src/check/check.ts';
import { knownFacts } from '../../../src/data/known.ts';
import { emptyDocument, type NetworkDocument } from '../../../src/graph/document.ts';
import { applyEdits } from '../../../src/graph/edits.ts';
import { templates } from '../../../templates/index.ts';
import { type NotTrainable, notTrainable } from './notTrainable.ts';

const why = (document: NetworkDocument): NotTrainable | null => notTrainable(document, check(document));
const lenet = templates.find(({ id }) => id === 'lenet_modern')?.document as NetworkDocument;

it('an empty network and one with errors', () => {
  expect(why(emptyDocument)?.message).toEqual({ key: 'train.empty' });
  const { nodes, edges } = lenet;
  const half = { ...lenet, nodes, edges: edges.filter(({ to }) => to.node !== 'conv2') };
  expect(why(half)?.message).toEqual({ key: 'train.blocked', values: { count: 1 } });
});

it.each(templates.map(({ id, document }) => [id, document] as const))('%s', (_, document) => {
  const reason = why(document);
  if (knownFacts(document.data.source) !== null) return expect(reason).toBeNull();
  expect(reason?.message).toMatchObject({ en: expect.stringContaining(document.data.source) });
  // The fix that is offered beside the reason makes it trainable.
  const mended = applyEdits(document, reason?.fix?.edits ?? []);
  expect(why(mended)).toBeNull();
});
