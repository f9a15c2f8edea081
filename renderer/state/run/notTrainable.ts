import type { CheckResult } from '../../../src/check/checkedGraph.ts';
import { trainingStop } from '../../../src/check/trainable.ts';
import type { Fix } from '../../../src/graph/diagnostic.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import type { Message } from '../../ui/i18n/i18n.ts';

/** Reason why the network cannot be trained, and the best fix if there is one. */
export interface NotTrainable {
  readonly message: Message;
  readonly fix: Fix | null;
}

/** Shared by everything that offers training; null if the network can be trained. */
export function notTrainable(
  { nodes }: Pick<NetworkDocument, 'nodes'>,
  { diagnostics }: Pick<CheckResult, 'diagnostics'>,
): NotTrainable | null {
  if (nodes.length === 0) return { message: { key: 'train.empty' }, fix: null };
  const stop = trainingStop(diagnostics);
  if (stop === null) return null;
  const [fix = null] = stop.fixes;
  if (stop.severity !== 'error') return { message: stop.message, fix };
  const count = diagnostics.filter(({ severity }) => severity === 'error').length;
  return { message: { key: 'train.blocked', values: { count } }, fix: count === 1 ? fix : null };
}
