import { expect, test } from 'vitest';
import { check } from '../../../../src/check/check.ts';
import type { NetworkDocument } from '../../../../src/graph/document.ts';
import { applyEdits } from '../../../../src/graph/edits.ts';
import { type Offer, offerOf } from '../../../../src/layers/presets.ts';
import { cardSize } from '../../../../src/layout/size.ts';
import { templateOf } from '../../../../templates/index.ts';
import { placeAfter } from '../scene/placement.ts';
import { asOffered } from './asOffered.ts';

const lenet = templateOf('lenet_modern')?.document as NetworkDocument;

test.each([
  ['conv1x1', 'pool1', { kernelSize: [1, 1], outChannels: 16 }],
  // Of the 6 channels behind pool1 each gets a kernel of its own.
  ['depthwiseConv', 'pool1', { groups: 6, outChannels: 6 }],
  ['instanceNorm', 'conv2', { groups: 16 }],
])('%s behind %s', (id, before, config) => {
  const offer = offerOf(id) as Offer;
  const placed = asOffered(
    placeAfter(lenet, offer.layer, before, { x: 0, y: 0 }, cardSize),
    offer,
    lenet,
    check(lenet),
  );
  const after = applyEdits(lenet, placed.edits);
  expect(after.nodes.find((node) => node.id === placed.node)?.config).toMatchObject(config);
  expect(check(after).nodes.get(placed.node)?.diagnostics).toEqual([]);
});
