import type { CheckResult } from '../../../src/check/checkedGraph.ts';
import type { Diagnostic } from '../../../src/graph/diagnostic.ts';
import { shapeText } from '../../../src/layers/config.ts';

export interface Change<T> {
  readonly from: T;
  readonly to: T;
}

/** Effect of a config change: only the values that differ. */
export interface Effect {
  /** Output shape of a single node; null if it has none. */
  readonly shape?: Change<string | null>;
  /** Sum over the nodes. */
  readonly params?: Change<number>;
  readonly macs?: Change<number>;
  /** Of the whole network; absent while the network has errors, because the totals would exclude unknown layers. */
  readonly totalParams?: Change<number>;
  readonly totalMacs?: Change<number>;
  readonly activationBytes?: Change<number>;
  /** Problems that did not exist before. */
  readonly problems: readonly Diagnostic[];
}

const change = <T>(from: T, to: T): Change<T> | undefined => (from === to ? undefined : { from, to });

/** Key by which a problem before and after a change is the same. */
export const problemKey = ({ code, node, port }: Diagnostic): string => [code, node, port].join(' ');

/**
 * `before` and `after` are checks of the level that contains the nodes; `whole` are those of the network, if the level
 * is the inside of a block.
 */
export function effectOf(
  before: CheckResult,
  after: CheckResult,
  ids: readonly string[],
  whole: Change<CheckResult> = { from: before, to: after },
): Effect {
  const sum = (check: CheckResult, of: 'params' | 'macs') =>
    ids.reduce((total, id) => total + (check.nodes.get(id)?.[of] ?? 0), 0);
  const shape = (check: CheckResult): string | null => {
    const outputs = Object.values(check.nodes.get(ids[0])?.outputs ?? {});
    return outputs.length === 0 ? null : outputs.map(shapeText).join(', ');
  };
  const known = (check: CheckResult): boolean => ids.every((id) => check.nodes.get(id)?.outputs.y !== undefined);
  const sound = whole.from.graph !== null && whole.to.graph !== null;
  const total = (of: 'params' | 'macs' | 'activationBytes') =>
    sound ? change(whole.from.totals[of], whole.to.totals[of]) : undefined;
  const there = new Set(before.diagnostics.map(problemKey));
  const both = known(before) && known(after);
  return {
    ...(ids.length === 1 && { shape: change(shape(before), shape(after)) }),
    params: both ? change(sum(before, 'params'), sum(after, 'params')) : undefined,
    macs: both ? change(sum(before, 'macs'), sum(after, 'macs')) : undefined,
    totalParams: total('params'),
    totalMacs: total('macs'),
    activationBytes: total('activationBytes'),
    problems: after.diagnostics.filter((diagnostic) => !there.has(problemKey(diagnostic))),
  };
}
