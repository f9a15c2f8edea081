import { useMemo } from 'react';
import { check } from '../../../src/check/check.ts';
import type { CheckedGraph } from '../../../src/check/checkedGraph.ts';
import { sameNetwork } from '../../../src/check/sameNetwork.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { useDocument, useRun } from '../../state/stores/stores.ts';
import { type NetworkChange, networkChange } from './networkChange.ts';

/** The network of a run, checked once, when the drawing is first unlike it. */
const graphs = new WeakMap<NetworkDocument, { readonly graph: CheckedGraph | null }>();

function graphOf(document: NetworkDocument): CheckedGraph | null {
  const known = graphs.get(document) ?? { graph: check(document).graph };
  graphs.set(document, known);
  return known.graph;
}

/** How the drawing has been edited since the last run began; null: not so that it matters, or it has errors now. */
export function useNetworkChange(): NetworkChange | null {
  const ran = useRun((state) => state.document);
  const moved = useRun((state) => state.moved);
  const now = useDocument((state) => state.rootCheck.graph);
  return useMemo(() => {
    if (ran === null || now === null || sameNetwork(ran, useDocument.getState().root)) return null;
    const before = graphOf(ran);
    return before === null ? null : networkChange(before, now, moved);
  }, [ran, moved, now]);
}
