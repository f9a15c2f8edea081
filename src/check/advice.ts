import type { DocumentNode } from '../graph/document.ts';
import type { Upstream } from '../layers/layer.ts';
import { type Drawing, nodeText, sourceOf } from './drawing.ts';
import type { Inference } from './inference.ts';
import { toFix } from './layerFixes.ts';
import type { DraftDiagnostic } from './report.ts';

/** Warnings and hints of layers about a network without errors. */
export function advice(
  drawing: Drawing,
  used: ReadonlySet<string>,
): (DraftDiagnostic & { severity: 'warning' | 'hint' })[] {
  const found: (DraftDiagnostic & { severity: 'warning' | 'hint' })[] = [];
  for (const id of drawing.wiring.order) {
    const inference = drawing.inferences.get(id) ?? null;
    if (inference?.kind.layer.advise === undefined || !used.has(id) || 'problems' in inference.result) continue;
    const node = drawing.byId.get(id) as DocumentNode;
    const { layer, config } = inference.kind;
    const before = (port: string) => upstream(drawing, id, port);
    for (const { severity, code, port, message, fixes } of inference.kind.layer.advise({
      x: inference.inputs,
      config,
      before,
    })) {
      const from = (input: string) => sourceOf(drawing, id, input)?.name ?? input;
      found.push({
        severity,
        code,
        node: id,
        port,
        message: message({ self: nodeText(node, layer), from }),
        fixes: drawing.offering ? fixes.flatMap((fix) => toFix(drawing, node, layer, fix) ?? []) : [],
      });
    }
  }
  return found;
}

function upstream(drawing: Drawing, node: string, port: string): Upstream | null {
  const source = sourceOf(drawing, node, port);
  const inference: Inference | null = (source && drawing.inferences.get(source.id)) ?? null;
  if (source === undefined || inference === null) return null;
  const { layer, config } = inference.kind;
  return {
    name: source.name,
    layer,
    config,
    x: inference.inputs,
    uses: drawing.wiring.outOf.get(source.id)?.length ?? 0,
    before: (input) => upstream(drawing, source.id, input),
  };
}
