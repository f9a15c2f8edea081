import type { Diagnostic, Fix } from '../graph/diagnostic.ts';
import type { DocumentNode } from '../graph/document.ts';
import { isPort } from '../graph/insideDrawing.ts';
import { type Drawing, nodeText } from './drawing.ts';
import { removeFix } from './fixes.ts';
import type { Found } from './report.ts';

/** Nodes whose results nobody takes, beside a network that is complete without them. */
export function deadEnds(drawing: Drawing, used: ReadonlySet<string>, diagnostics: readonly Diagnostic[]): Found[] {
  const { byId, wiring, kinds } = drawing;
  const complained = new Set(diagnostics.map(({ node }) => node));
  const found: Found[] = [];
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
        en: `What ${nodeText(node, layer).en} computes reaches no output, so it takes no part in the network.`,
        zh: `${nodeText(node, layer).zh} 的结果到不了任何输出，因此不参与网络。`,
      },
      fixes: drawing.offering ? [removeBranch(drawing, node, used)] : [],
    });
  }
  return found;
}

/** Takes out the node, and what leads to it alone. */
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
      en: `Remove '${node.name}' and the ${more === 1 ? 'layer' : `${more} layers`} that only it uses`,
      zh: `删除“${node.name}”及只为它所用的 ${more} 层`,
    },
    edits: [{ kind: 'removeNodes', nodes: [...branch.keys()], heal: false }],
  };
}
