import { check as checkDocument } from '../check/check.ts';
import type { CheckResult, NodeReport } from '../check/checkedGraph.ts';
import { leafReports } from '../check/leafReports.ts';
import type { Diagnostic } from '../graph/diagnostic.ts';
import { type NetworkDocument, operatorIdOf } from '../graph/document.ts';
import { withRoom } from '../layout/room.ts';
import { sizesIn } from '../layout/size.ts';
import { sizeText } from '../sizeText.ts';
import type { Command } from './command.ts';
import { counted, type Output, table } from './output.ts';

/** The output shape of a node, or the input shape of an output layer. Null when unknown. */
const shapeOf = ({ outputs, inputs }: NodeReport) => Object.values(outputs)[0] ?? Object.values(inputs)[0] ?? null;

export const check: Command = {
  name: 'check',
  args: 'FILE',
  summary: {
    en: 'list the problems of a network, or its shapes, parameters and MACs',
    zh: '列出网络的问题，或其形状、参数量与乘加次数',
  },
  examples: ['check lenet_modern', 'check digits.netloom --json'],
  options: {},
  arity: [1, 1],
  async run({ positionals: [file = ''], output, open }) {
    const { document, remarks } = await open(file, 'lenient');
    remarks.forEach(output.note);
    const result = checkDocument(document);
    printJson(document, result, output);
    printProblems(result, output);
    if (result.graph !== null) printNodes(document, result, output);
    // A file that was only partly read cannot count as sound.
    return result.graph === null || remarks.length > 0 ? 1 : 0;
  },
};

const nameOf = ({ nodes }: CheckResult, { node, inside }: Diagnostic) =>
  inside?.name ?? (node === null ? null : (nodes.get(node)?.name ?? node));

function printJson(document: NetworkDocument, result: CheckResult, { printJson: print, words }: Output): void {
  const sizeOf = sizesIn(document, result);
  print({
    diagnostics: result.diagnostics.map((diagnostic) => ({
      severity: diagnostic.severity,
      code: diagnostic.code,
      node: nameOf(result, diagnostic),
      port: diagnostic.port,
      message: words(diagnostic.message),
      fixes: diagnostic.fixes.map(({ title, edits }) => ({
        title: words(title),
        edits: withRoom(document, edits, sizeOf),
      })),
    })),
    nodes: leafReports(result).map((node) => ({
      name: node.name,
      layer: node.layer,
      output: shapeOf(node),
      params: node.params,
      macs: node.macs,
    })),
    totals: result.totals,
  });
}

function printProblems({ diagnostics }: CheckResult, { print, words }: Output): void {
  const severities = {
    error: { en: 'error', zh: '错误' },
    warning: { en: 'warning', zh: '警告' },
    hint: { en: 'hint', zh: '提示' },
  };
  for (const { severity, code, message, fixes } of diagnostics) {
    print(`${words(severities[severity])} [${code}] ${words(message)}`);
    for (const { title } of fixes) print(`  ${words({ en: 'fix', zh: '修复' })}: ${words(title)}`);
  }
}

function printNodes(document: NetworkDocument, result: CheckResult, { print, words }: Output): void {
  const head = [
    words({ en: 'node', zh: '节点' }),
    words({ en: 'layer', zh: '层' }),
    words({ en: 'output', zh: '输出' }),
    words({ en: 'parameters', zh: '参数量' }),
    words({ en: 'MACs', zh: '乘加次数' }),
  ];
  const operators = new Map(document.operators?.map(({ id, title }) => [id, title]));
  const rows = leafReports(result).map((node) => [
    node.name,
    operators.get(operatorIdOf(node.layer) ?? '') ?? node.layer,
    shapeOf(node)?.join('×') ?? '?',
    counted(node.params),
    counted(node.macs),
  ]);
  const { totals } = result;
  const total = [words({ en: 'total', zh: '合计' }), '', '', counted(totals.params), counted(totals.macs)];
  for (const line of table([head, ...rows, total], [3, 4])) print(line);
  const size = sizeText(totals.activationBytes);
  print(
    words({
      en: `${counted(totals.trainableParams)} trainable parameters; layer outputs of one sample: ${size}`,
      zh: `可训练参数 ${counted(totals.trainableParams)} 个；单个样本的各层输出：${size}`,
    }),
  );
}
