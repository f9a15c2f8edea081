import type { Diagnostic, Fix } from '../graph/diagnostic.ts';
import type { DocumentNode } from '../graph/document.ts';
import { isPort } from '../graph/insideDrawing.ts';
import { type Drawing, nodeText } from './drawing.ts';
import { removeFix } from './fixes.ts';
import type { DraftDiagnostic } from './report.ts';

/** Nodes with unused outputs in a network that is complete without them. */
export function deadEnds(
  drawing: Drawing,
  used: ReadonlySet<string>,
  diagnostics: readonly Diagnostic[],
): DraftDiagnostic[] {
  const { byId, wiring, kinds } = drawing;
  const complained = new Set(diagnostics.map(({ node }) => node));
  const found: DraftDiagnostic[] = [];
  for (const node of byId.values()) {
    if (used.has(node.id) || isPort(node.id)) continue;
    const layer = kinds.get(node.id)?.layer;
    const taken = (wiring.outOf.get(node.id) ?? []).length > 0;
    if (layer === undefined || layer.outputs.length === 0 || taken || complained.has(node.id)) continue;
    found.push({
      code: 'dead-end',
      node: node.id,
      port: layer.outputs[0] ?? null,
      message: {
        en: `The output of ${nodeText(node, layer).en} is not used. Connect it to another layer, or delete the layer.`,
        zh: `${nodeText(node, layer).zh}的输出未被使用。请把它连接到其他层，或删除该层。`,
      },
      fixes: drawing.offering ? [removeBranch(drawing, node, used)] : [],
    });
  }
  return found;
}

/** Fix that removes the node and the layers that only it uses. */
function removeBranch({ byId, wiring }: Drawing, node: DocumentNode, used: ReadonlySet<string>): Fix {
  const branch = new Map([[node.id, node]]);
  for (const id of branch.keys()) {
    for (const { from } of wiring.into.get(id)?.values() ?? []) {
      const source = byId.get(from.node);
      const alone = (wiring.outOf.get(from.node) ?? []).every(({ to }) => branch.has(to.node));
      if (source !== undefined && !used.has(source.id) && !isPort(source.id) && alone) branch.set(source.id, source);
    }
  }
  const more = branch.size - 1;
  if (more === 0) return removeFix(node);
  return {
    title: {
      en: `Remove “${node.name}” and the ${more === 1 ? 'layer' : `${more} layers`} that only it uses`,
      zh: `删除“${node.name}”及仅供它使用的 ${more} 层`,
    },
    edits: [{ kind: 'removeNodes', nodes: [...branch.keys()], heal: false }],
  };
}
