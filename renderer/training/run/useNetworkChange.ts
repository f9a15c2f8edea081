import { useMemo } from 'react';
import { check } from '../../../src/check/check.ts';
import type { CheckedGraph } from '../../../src/check/checkedGraph.ts';
import { sameNetwork } from '../../../src/check/sameNetwork.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { useDocument, useRun } from '../../state/stores/stores.ts';
import { type NetworkChange, networkChange } from './networkChange.ts';

/** Checked network of a run, cached when the current network first differs from it. */
const graphs = new WeakMap<NetworkDocument, { readonly graph: CheckedGraph | null }>();

function graphOf(document: NetworkDocument): CheckedGraph | null {
  const known = graphs.get(document) ?? { graph: check(document).graph };
  graphs.set(document, known);
  return known.graph;
}

/** Difference between the current network and that of the last run; null if both compute the same or on errors. */
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
