import type { DocumentNode } from '../graph/document.ts';
import { layers } from '../layers/index.ts';
import type { Drawing } from './drawing.ts';
import { nodeBeside } from './fixes.ts';
import type { Report } from './report.ts';

/** There has to be an input and an output. */
export function reportEnds({ doc, taken }: Drawing, outputs: readonly DocumentNode[], report: Report): void {
  const inputs = doc.nodes.filter((node) => node.layer === 'input');
  const missing = [
    { found: inputs, type: 'input', name: { en: 'an input', zh: '输入' }, code: 'input' },
    { found: outputs, type: 'classifier', name: { en: 'an output', zh: '输出' }, code: 'output' },
  ] as const;
  for (const { found, type, name, code } of missing) {
    const layer = layers.find((candidate) => candidate.type === type);
    if (found.length > 0 || layer === undefined) continue;
    const ys = doc.nodes.map((node) => node.position.y);
    const y = doc.nodes.length === 0 ? 0 : type === 'input' ? Math.min(...ys) - 130 : Math.max(...ys) + 130;
    const node = nodeBeside(taken(), layer, { x: doc.nodes[0]?.position.x ?? 0, y });
    report({
      code: `no-${code}`,
      node: null,
      port: null,
      message: { en: `The network has no ${code}.`, zh: `网络没有${name.zh}。` },
      fixes: [
        {
          title: { en: `Add ${name.en}: ${layer.title.en}`, zh: `添加${name.zh}：${layer.title.zh}` },
          edits: [{ kind: 'addNode', node }],
        },
      ],
    });
  }
}
