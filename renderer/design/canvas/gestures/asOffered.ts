import type { CheckResult } from '../../../../src/check/checkedGraph.ts';
import type { NetworkDocument } from '../../../../src/graph/document.ts';
import type { Edit } from '../../../../src/graph/edits.ts';
import type { Shape } from '../../../../src/layers/layer.ts';
import type { Offer } from '../../../../src/layers/presets.ts';
import { sizesIn } from '../../../../src/layout/size.ts';
import { tryOfferJoined } from '../../../../src/plan/trial.ts';
import { type Placement, placeBefore } from '../scene/placement.ts';

/** Input shape of the placed node, if its placement connects it. */
function shapeBefore({ node, edits }: Placement, doc: NetworkDocument, check: CheckResult): Shape | undefined {
  for (const edit of edits) {
    const from =
      edit.kind === 'connect' && edit.to.node === node
        ? edit.from
        : edit.kind === 'insertNode' && edit.node.id === node
          ? doc.edges.find(({ id }) => id === edit.edge)?.from
          : undefined;
    if (from !== undefined) return check.nodes.get(from.node)?.outputs[from.port];
  }
  return undefined;
}

/** The placement with the config of the offer, and with the layers that have to be inserted before it to make it fit. */
export function asOffered(placed: Placement, offer: Offer, doc: NetworkDocument, check: CheckResult): Placement {
  const { needs, x } = tryOfferJoined(offer, { shape: shapeBefore(placed, doc, check), from: '' });
  const config = offer.config(x);
  const edits = placed.edits.map((edit): Edit => {
    const adds = (edit.kind === 'addNode' || edit.kind === 'insertNode') && edit.node.id === placed.node;
    if (!adds) return edit;
    const { repeat } = offer;
    const node = { ...edit.node, config: { ...edit.node.config, ...config }, ...(repeat !== undefined && { repeat }) };
    return { ...edit, node };
  });
  return placeBefore(doc, { ...placed, edits }, needs, sizesIn(doc, check));
}
