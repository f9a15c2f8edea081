import type { Diagnostic } from '../graph/diagnostic.ts';
import type { DocumentNode } from '../graph/document.ts';
import { isPort } from '../graph/insideDrawing.ts';
import type { InsideReport, NodeReport, Totals } from './checkedGraph.ts';
import type { Inference, InferredNode } from './inference.ts';
import type { Copy, Inside } from './inside.ts';
import { sameFields, sameList, sameValue } from './sameValue.ts';

/** A diagnostic whose severity may not be known yet. */
export type DraftDiagnostic = Omit<Diagnostic, 'severity'> & { readonly severity?: Diagnostic['severity'] };
export type Report = (found: DraftDiagnostic) => void;

const NONE: readonly Diagnostic[] = [];
const NOTHING = {};

/** Replaces diagnostics by equal previous ones, to keep their identity. */
export function keepEqual(diagnostics: readonly Diagnostic[], last: readonly Diagnostic[]): readonly Diagnostic[] {
  const key = ({ code, node, port, inside }: Diagnostic): string =>
    [code, node, port, ...(inside?.path ?? [])].join('\n');
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

/** The report of one node; the previous object if it is equal. */
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
    raw: rawReport(known, inference),
    params: known?.size ?? 0,
    frozen,
    macs: known?.macs ?? 0,
    trainableParams: frozen ? 0 : (known?.trainable ?? 0),
    activationBytes: known?.activationBytes ?? 0,
    inside: inference?.inside == null ? null : insideReports(inference.inside),
    diagnostics: last === undefined ? diagnostics : sameList(diagnostics, last.diagnostics),
  };
  return last !== undefined && sameFields(report, last) ? last : report;
}

/** Raw outputs of a node; an output layer has none, so those of its input are shown. */
const rawReport = (known: InferredNode | null, inference: Inference | null): NodeReport['raw'] =>
  known === null || inference === null
    ? NOTHING
    : inference.kind.layer.output === undefined
      ? known.raw
      : inference.rawInputs;

const insideOf = new WeakMap<Inside, readonly InsideReport[]>();
const reportOf = new WeakMap<Copy, InsideReport>();

/** Reports of an inside, cached per inside. */
function insideReports(inside: Inside): readonly InsideReport[] {
  const known = insideOf.get(inside);
  if (known !== undefined) return known;
  const made = inside.copies.map((copy) => {
    const report = reportOf.get(copy) ?? insideReport(copy);
    reportOf.set(copy, report);
    return report;
  });
  insideOf.set(inside, made);
  return made;
}

function insideReport({ body, memory: { doc, result } }: Copy): InsideReport {
  const nodes = new Map([...result.nodes].filter(([id]) => !isPort(id)));
  return { body, nodes, drawing: doc, check: result };
}

export function total(nodes: ReadonlyMap<string, NodeReport>): Totals {
  const totals = { params: 0, trainableParams: 0, macs: 0, activationBytes: 0 };
  for (const report of nodes.values()) {
    if (isPort(report.id)) continue;
    totals.params += report.params;
    totals.trainableParams += report.trainableParams;
    totals.macs += report.macs;
    totals.activationBytes += report.activationBytes;
  }
  return totals;
}
