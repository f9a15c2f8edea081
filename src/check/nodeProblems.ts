import type { DocumentNode } from '../graph/document.ts';
import { readConfig } from '../layers/config.ts';
import type { Problem } from '../layers/layer.ts';
import { type Drawing, nodeText, sourceOf } from './drawing.ts';
import { removeFix, replaceFix, setConfigFix } from './fixes.ts';
import type { NodeKind, Shapes } from './inference.ts';
import { inOrder, toFix } from './layerFixes.ts';
import { likelyLayer } from './likelyLayer.ts';
import type { DraftDiagnostic, Report } from './report.ts';

export function unknownLayer(node: DocumentNode): DraftDiagnostic {
  const meant = likelyLayer(node.layer);
  return {
    code: 'unknown-layer',
    node: node.id,
    port: null,
    message: {
      en: `“${node.name}” is a layer of type “${node.layer}”, which this version of Netloom does not have. The layer is kept unchanged; a newer version may support it.`,
      zh: `“${node.name}”是“${node.layer}”类型的层，此版本的 Netloom 没有这种层。它会原样保留，更新的版本也许能打开。`,
    },
    fixes: [...(meant === null ? [] : [replaceFix(node, meant)]), removeFix(node)],
  };
}

export function reportConfig(node: DocumentNode, { layer, problems }: NodeKind, report: Report): void {
  const self = nodeText(node, layer);
  for (const { key, expected, value } of problems) {
    const { label, default: standard } = layer.config[key];
    report({
      code: 'invalid-config',
      node: node.id,
      port: `config.${key}`,
      message: {
        en: `${label.en} of ${self.en} is ${JSON.stringify(value)}, but must be ${expected.en}.`,
        zh: `${self.zh}的${label.zh}为 ${JSON.stringify(value)}，应为${expected.zh}。`,
      },
      fixes: [setConfigFix(node, layer, key, standard)],
    });
  }
}

/** Converts a problem of a layer to a diagnostic, with the fixes that work. */
export function complaint(
  drawing: Drawing,
  node: DocumentNode,
  { layer, config }: NodeKind,
  inputs: Shapes,
  problem: Problem,
): DraftDiagnostic {
  const from = (port: string) => sourceOf(drawing, node.id, port)?.name ?? port;
  const mends = (fix: Problem['fixes'][number]): boolean => {
    if (fix.kind !== 'setConfig') return true;
    const changed = readConfig(layer.config, { ...config, [fix.key]: fix.value });
    return changed.problems.length === 0 && 'outputs' in layer.infer(inputs, changed.config);
  };
  return {
    code: problem.code,
    node: node.id,
    port: problem.port,
    message: problem.message({ self: nodeText(node, layer), from }),
    fixes: drawing.offering
      ? inOrder(drawing, node, problem.fixes.filter(mends)).flatMap((fix) => toFix(drawing, node, layer, fix) ?? [])
      : [],
  };
}
