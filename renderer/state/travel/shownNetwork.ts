import { useMemo } from 'react';
import { check } from '../../../src/check/check.ts';
import type { CheckResult } from '../../../src/check/checkedGraph.ts';
import { sameNetwork } from '../../../src/check/sameNetwork.ts';
import { canonical } from '../../../src/graph/canonical.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import type { CheckpointRef } from '../../../src/runs/record.ts';
import { useDocument, useRun } from '../stores/stores.ts';
import { useCheckpoint } from './checkpointStore.ts';

/** The network whose weights are shown: the current one or, at a checkpoint, the one that the run trains. */
export interface ShownNetwork {
  readonly document: NetworkDocument;
  readonly check: CheckResult;
  /** True if the current network differs from the network of the run. */
  readonly isOther: boolean;
}

const checks = new WeakMap<NetworkDocument, CheckResult>();

/** The check of a run's network, cached. */
export function checkOfRun(document: NetworkDocument): CheckResult {
  const known = checks.get(document) ?? check(document);
  checks.set(document, known);
  return known;
}

/** `ran`: the network of the run with the checkpoint `at`. */
export function shownOf(
  root: NetworkDocument,
  rootCheck: CheckResult,
  ran: NetworkDocument | null,
  at: CheckpointRef | null,
): ShownNetwork {
  if (at === null || ran === null) return { document: root, check: rootCheck, isOther: false };
  if (!sameNetwork(ran, root)) return { document: ran, check: checkOfRun(ran), isOther: true };
  const document = canonical(ran.data) === canonical(root.data) ? root : { ...root, data: ran.data };
  return { document, check: rootCheck, isOther: false };
}

/** Arguments for engine calls about the shown network: the network and its checkpoint. */
export function shownNetwork(): { readonly document: NetworkDocument; readonly at?: CheckpointRef } {
  const { root, rootCheck } = useDocument.getState();
  const { at } = useCheckpoint.getState();
  const { document } = shownOf(root, rootCheck, useRun.getState().document, at);
  return at === null ? { document } : { document, at };
}

/** The check of the shown network. */
export function shownCheck(): CheckResult {
  const { root, rootCheck } = useDocument.getState();
  return shownOf(root, rootCheck, useRun.getState().document, useCheckpoint.getState().at).check;
}

/** Returns a function that is true while the same network is shown at the same checkpoint. */
export function shownNow(): () => boolean {
  const shown = () => [shownCheck(), useDocument.getState().generation, useCheckpoint.getState().at];
  const before = shown();
  return () => shown().every((each, i) => each === before[i]);
}

/** The shown network; a new object only if the check, the run or the checkpoint changes. */
export function useShown(): ShownNetwork {
  const check = useDocument((state) => state.rootCheck);
  const data = useDocument((state) => state.root.data);
  const ran = useRun((state) => state.document);
  const at = useCheckpoint((state) => state.at);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a document with other positions has the same check
  return useMemo(() => shownOf(useDocument.getState().root, check, ran, at), [check, data, ran, at]);
}
