import type { Diagnostic } from '../graph/diagnostic.ts';
import type { DocumentNode } from '../graph/document.ts';
import type { NodeReport, Totals } from './checkedGraph.ts';
import type { Inference } from './inference.ts';
import { sameFields, sameList, sameValue } from './sameValue.ts';

/** A diagnostic before it is known how bad it is. */
export type Found = Omit<Diagnostic, 'severity'>;
export type Report = (found: Found) => void;

const NONE: readonly Diagnostic[] = [];
const NOTHING = {};

/** The diagnostics of last time in the stead of equal ones. */
export function keepEqual(diagnostics: readonly Diagnostic[], last: readonly Diagnostic[]): readonly Diagnostic[] {
  const key = ({ code, node, port }: Diagnostic): string => `${code}\n${node}\n${port}`;
  const before = new Map(last.map((diagnostic) => [key(diagnostic), diagnostic]));
  const kept = diagnostics.map((diagnostic) => {
    const candidate = before.get(key(diagnostic));
    return candidate !== undefined && sameValue(candidate, diagnostic) ? candidate : diagnostic;
  });
  return sameList(kept, last);
}

export function byNode(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, readonly Diagnostic[]> {
  const found = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    if (diagnostic.node === null) continue;
    const list = found.get(diagnostic.node);
    if (list === undefined) found.set(diagnostic.node, [diagnostic]);
    else list.push(diagnostic);
  }
  return found;
}

/** What is shown of one node; the very report of last time when it says the same. */
export function nodeReport(
  { id, name, layer, frozen = false }: DocumentNode,
  inference: Inference | null,
  diagnostics: readonly Diagnostic[] = NONE,
  last: NodeReport | undefined,
): NodeReport {
  const known = inference !== null && 'outputs' in inference.result ? inference.result : null;
  const report: NodeReport = {
    id,
    name,
    layer,
    inputs: known === null || inference === null ? NOTHING : inference.inputs,
    outputs: known?.outputs ?? NOTHING,
    params: known?.size ?? 0,
    frozen,
    macs: known?.macs ?? 0,
    diagnostics: last === undefined ? diagnostics : sameList(diagnostics, last.diagnostics),
  };
  return last !== undefined && sameFields(report, last) ? last : report;
}

export function total(nodes: ReadonlyMap<string, NodeReport>): Totals {
  let [params, trainableParams, macs, activationBytes] = [0, 0, 0, 0];
  for (const report of nodes.values()) {
    params += report.params;
    trainableParams += report.frozen ? 0 : report.params;
    macs += report.macs;
    for (const port in report.outputs) {
      activationBytes += 4 * (report.outputs[port] ?? []).reduce((a, b) => a * b, 1);
    }
  }
  return { params, trainableParams, macs, activationBytes };
}
