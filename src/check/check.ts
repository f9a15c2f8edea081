import type { Diagnostic, Fix } from '../graph/diagnostic.ts';
import type { DocumentNode, Edge, NetworkDocument } from '../graph/document.ts';
import { type ConfigOf, type ConfigSchema, readConfig } from '../layers/config.ts';
import { layerOf, layers } from '../layers/index.ts';
import { inputPorts, type LayerDef, type Param, type Problem, type Shape } from '../layers/layer.ts';
import type { Text } from '../text.ts';
import type { CheckedNode, CheckResult, NodeReport, Totals } from './checkedGraph.ts';
import { newNode, setConfigFix, toFix } from './fixes.ts';
import { nameProblems } from './names.ts';
import { leadingTo, readWiring, type Wiring } from './order.ts';

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** A node as messages call it. */
export const nodeText = (node: DocumentNode, layer: LayerDef | undefined): Text => ({
  en: `${layer?.title.en ?? node.layer} '${node.name}'`,
  zh: `${layer?.title.zh ?? node.layer}“${node.name}”`,
});

const portsOf = (node: DocumentNode, layer: LayerDef | undefined) =>
  layer && { inputs: inputPorts(layer, readConfig(layer.config, node.config).config), outputs: layer.outputs };

/** What is known of one node after its turn. */
interface Seen {
  readonly outputs: Readonly<Record<string, Shape>> | null;
  readonly checked: CheckedNode | null;
}

type Report = (diagnostic: Omit<Diagnostic, 'severity'>) => void;

/**
 * Checks a drawing: every problem that can be found, with fixes, and for every node what is known of it. Never throws.
 * A shape that is unknown because of an earlier problem passes silently, so one mistake gives one message. Problems of
 * nodes that lead to no output are warnings: the network runs without them.
 */
export function check(doc: NetworkDocument): CheckResult {
  const byId = new Map(doc.nodes.map((node) => [node.id, node]));
  const layerById = new Map(doc.nodes.map((node) => [node.id, layerOf(node.layer)]));
  const portsById = new Map(doc.nodes.map((node) => [node.id, portsOf(node, layerById.get(node.id))]));
  const wiring = readWiring(doc, (id, side, port) => portsById.get(id)?.[side].includes(port) ?? true);
  const ends = doc.nodes.filter((node) => layerById.get(node.id)?.output !== undefined);
  const used = leadingTo(
    ends.map((node) => node.id),
    wiring.into,
  );
  const diagnostics: Diagnostic[] = [];
  const report: Report = (diagnostic) => {
    const aside = diagnostic.node !== null && !used.has(diagnostic.node);
    diagnostics.push({ severity: aside ? 'warning' : 'error', ...diagnostic });
  };

  for (const diagnostic of nameProblems(doc)) report(diagnostic);
  reportWires(wiring, byId, report);
  reportEnds(doc, ends, report);

  const seen = new Map<string, Seen>();
  for (const id of wiring.order) {
    const node = byId.get(id) as DocumentNode;
    seen.set(id, checkNode(doc, node, layerById.get(id), wiring, seen, report));
  }
  // Only now, when every shape is known, can a fix say what fits.
  for (const node of doc.nodes) {
    const layer = layerById.get(node.id);
    for (const port of portsById.get(node.id)?.inputs ?? []) {
      const open = layer !== undefined && !wiring.into.get(node.id)?.has(port);
      if (open) report(unconnected(doc, node, layer, port, wiring, seen));
    }
  }
  // Beside an error a loose end is most often its consequence.
  const sound = diagnostics.every(({ severity }) => severity !== 'error');
  if (sound) diagnostics.push(...deadEnds(doc, layerById, wiring, used, diagnostics));

  const nodes = new Map(doc.nodes.map((node) => [node.id, nodeReport(node, seen.get(node.id), diagnostics)]));
  const checked = wiring.order.flatMap((id) => (used.has(id) ? (seen.get(id)?.checked ?? []) : []));
  return { graph: sound ? { document: doc, nodes: checked } : null, diagnostics, nodes, totals: total(nodes) };
}

function reportWires(wiring: Wiring, byId: ReadonlyMap<string, DocumentNode>, report: Report): void {
  const name = (id: string) => byId.get(id)?.name ?? id;
  const remove = (edges: readonly Edge[], title: Text): Fix => ({
    title,
    edits: [{ kind: 'disconnect', edges: edges.map((edge) => edge.id) }],
  });
  for (const edge of [...wiring.dangling, ...wiring.surplus]) {
    const wire = `${name(edge.from.node)}.${edge.from.port} → ${name(edge.to.node)}.${edge.to.port}`;
    const surplus = wiring.surplus.includes(edge);
    report({
      code: surplus ? 'input-taken' : 'dangling-edge',
      node: byId.has(edge.to.node) ? edge.to.node : null,
      port: byId.has(edge.to.node) ? edge.to.port : null,
      message: surplus
        ? { en: `The wire ${wire} ends at an input that has a wire already.`, zh: `连线 ${wire} 的终点已有一条连线。` }
        : {
            en: `The wire ${wire} begins or ends at a node or port that does not exist.`,
            zh: `连线 ${wire} 的一端是不存在的节点或端口。`,
          },
      fixes: [remove([edge], { en: `Remove the wire ${wire}`, zh: `删除连线 ${wire}` })],
    });
  }
  const back = wiring.cycle?.at(-1);
  if (wiring.cycle === null || back === undefined) return;
  const names = [...wiring.cycle.map(({ from }) => name(from.node)), name(back.to.node)].join(' → ');
  report({
    code: 'cycle',
    node: back.to.node,
    port: back.to.port,
    message: {
      en: `The wires run in a circle: ${names}. Data has to flow from the input to the output without coming back.`,
      zh: `连线成环：${names}。数据必须从输入流向输出，不能回头。`,
    },
    fixes: wiring.cycle.toReversed().map((edge) =>
      remove([edge], {
        en: `Remove the wire '${name(edge.from.node)}' → '${name(edge.to.node)}'`,
        zh: `删除连线“${name(edge.from.node)}”→“${name(edge.to.node)}”`,
      }),
    ),
  });
}

/** There has to be an input and an output. */
function reportEnds(doc: NetworkDocument, ends: readonly DocumentNode[], report: Report): void {
  const inputs = doc.nodes.filter((node) => node.layer === 'input');
  const missing = [
    { found: inputs, type: 'input', name: { en: 'an input', zh: '输入' }, code: 'input' },
    { found: ends, type: 'classifier', name: { en: 'an output', zh: '输出' }, code: 'output' },
  ] as const;
  for (const { found, type, name, code } of missing) {
    const layer = layers.find((candidate) => candidate.type === type);
    if (found.length === 0 && layer !== undefined) {
      const xs = doc.nodes.map((node) => node.position.x);
      const ys = doc.nodes.map((node) => node.position.y);
      const y = doc.nodes.length === 0 ? 0 : type === 'input' ? Math.min(...ys) - 130 : Math.max(...ys) + 130;
      const node = newNode(doc, layer, { x: xs[0] ?? 0, y });
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
}

function checkNode(
  doc: NetworkDocument,
  node: DocumentNode,
  layer: LayerDef | undefined,
  wiring: Wiring,
  seen: ReadonlyMap<string, Seen>,
  report: Report,
): Seen {
  const nothing: Seen = { outputs: null, checked: null };
  const self = nodeText(node, layer);
  if (layer === undefined) {
    report({
      code: 'unknown-layer',
      node: node.id,
      port: null,
      message: {
        en: `'${node.name}' is a layer of the kind '${node.layer}', which this version of Netloom does not have. It is kept as it is; a newer version may open it.`,
        zh: `“${node.name}”是“${node.layer}”类型的层，此版本的 Netloom 没有这种层。它会原样保留，更新的版本也许能打开。`,
      },
      fixes: [
        {
          title: { en: `Remove '${node.name}'`, zh: `删除“${node.name}”` },
          edits: [{ kind: 'removeNodes', nodes: [node.id], heal: true }],
        },
      ],
    });
    return nothing;
  }
  const { config, problems } = readConfig(layer.config, node.config);
  for (const { key, expected, value } of problems) {
    const { label, default: standard } = layer.config[key];
    report({
      code: 'invalid-config',
      node: node.id,
      port: `config.${key}`,
      message: {
        en: `${label.en} of ${self.en} is ${JSON.stringify(value)}; it has to be ${expected.en}.`,
        zh: `${self.zh} 的${label.zh}为 ${JSON.stringify(value)}；应为${expected.zh}。`,
      },
      fixes: [setConfigFix(node, layer, key, standard)],
    });
  }
  const wires = wiring.into.get(node.id);
  const inputs: Record<string, Shape> = {};
  const from: Record<string, { node: string; port: string }> = {};
  const ports = inputPorts(layer, config);
  for (const port of ports) {
    const source = wires?.get(port)?.from;
    if (source === undefined) continue;
    from[port] = source;
    const shape = seen.get(source.node)?.outputs?.[source.port];
    if (shape !== undefined) inputs[port] = shape;
  }
  if (problems.length > 0 || ports.some((port) => inputs[port] === undefined)) return nothing;
  const inferred = layer.infer(inputs, config);
  if ('problems' in inferred) {
    for (const problem of inferred.problems) report(complaint(doc, node, layer, wiring, inputs, config, problem));
    return nothing;
  }
  const params = layer.params?.(inputs, config) ?? {};
  const buffers = layer.buffers?.(inputs, config) ?? {};
  const { outputs } = inferred;
  return { outputs, checked: { node, layer, config, from, inputs, outputs, params, buffers } };
}

/** A layer's complaint as a diagnostic, with those of its fixes that really mend it. */
function complaint(
  doc: NetworkDocument,
  node: DocumentNode,
  layer: LayerDef,
  wiring: Wiring,
  inputs: Readonly<Record<string, Shape>>,
  config: ConfigOf<ConfigSchema>,
  problem: Problem,
): Omit<Diagnostic, 'severity'> {
  const source = (port: string) => {
    const id = wiring.into.get(node.id)?.get(port)?.from.node;
    return doc.nodes.find((candidate) => candidate.id === id)?.name ?? port;
  };
  const mends = (fix: Problem['fixes'][number]): boolean => {
    if (fix.kind !== 'setConfig') return true;
    const changed = readConfig(layer.config, { ...config, [fix.key]: fix.value });
    return changed.problems.length === 0 && 'outputs' in layer.infer(inputs, changed.config);
  };
  return {
    code: problem.code,
    node: node.id,
    port: problem.port,
    message: problem.message({ self: nodeText(node, layer), from: source }),
    fixes: problem.fixes.filter(mends).flatMap((fix) => toFix(doc, wiring, node, layer, fix) ?? []),
  };
}

/** Offers the nearest outputs that nothing uses yet and whose shape this layer takes. */
function unconnected(
  doc: NetworkDocument,
  node: DocumentNode,
  layer: LayerDef,
  port: string,
  wiring: Wiring,
  seen: ReadonlyMap<string, Seen>,
): Omit<Diagnostic, 'severity'> {
  const { config } = readConfig(layer.config, node.config);
  const single = inputPorts(layer, config).length === 1;
  const candidates = doc.nodes.flatMap((source) => {
    const outputs = Object.entries(seen.get(source.id)?.outputs ?? {});
    if (source.id === node.id || (wiring.outOf.get(source.id) ?? []).length > 0) return [];
    return outputs
      .filter(([, shape]) => !single || 'outputs' in layer.infer({ [port]: shape }, config))
      .map(([output]) => ({ source, output, distance: distance(source, node) }));
  });
  const nearest = candidates.sort((a, b) => a.distance - b.distance).slice(0, 3);
  const self = nodeText(node, layer);
  return {
    code: 'unconnected-input',
    node: node.id,
    port,
    message: {
      en: `The input '${port}' of ${self.en} is not connected. Draw a wire to it from the layer that feeds it.`,
      zh: `${self.zh} 的输入“${port}”没有连接。请从为它提供数据的层连一条线过来。`,
    },
    fixes: nearest.map(({ source, output }) => ({
      title: { en: `Connect '${source.name}' to '${node.name}'`, zh: `把“${source.name}”连到“${node.name}”` },
      edits: [{ kind: 'connect', from: { node: source.id, port: output }, to: { node: node.id, port } }],
    })),
  };
}

const distance = (a: DocumentNode, b: DocumentNode): number =>
  Math.hypot(a.position.x - b.position.x, a.position.y - b.position.y);

/** Nodes whose results nobody takes, beside a network that is complete without them. */
function deadEnds(
  doc: NetworkDocument,
  layerById: ReadonlyMap<string, LayerDef | undefined>,
  wiring: Wiring,
  used: ReadonlySet<string>,
  diagnostics: readonly Diagnostic[],
): Diagnostic[] {
  const complained = new Set(diagnostics.map(({ node }) => node));
  return doc.nodes.flatMap((node) => {
    const layer = layerById.get(node.id);
    const taken = (wiring.outOf.get(node.id) ?? []).length > 0;
    if (layer === undefined || layer.outputs.length === 0 || taken) return [];
    if (used.has(node.id) || complained.has(node.id)) return [];
    return {
      severity: 'warning',
      code: 'dead-end',
      node: node.id,
      port: layer.outputs[0],
      message: {
        en: `What ${nodeText(node, layer).en} computes reaches no output, so it takes no part in the network.`,
        zh: `${nodeText(node, layer).zh} 的结果到不了任何输出，因此不参与网络。`,
      },
      fixes: [
        {
          title: { en: `Remove '${node.name}'`, zh: `删除“${node.name}”` },
          edits: [{ kind: 'removeNodes', nodes: [node.id], heal: true }],
        },
      ],
    };
  });
}

function nodeReport(node: DocumentNode, seen: Seen | undefined, diagnostics: readonly Diagnostic[]): NodeReport {
  const checked = seen?.checked;
  const params: readonly Param[] = Object.values(checked?.params ?? {});
  return {
    id: node.id,
    name: node.name,
    layer: node.layer,
    inputs: checked?.inputs ?? {},
    outputs: seen?.outputs ?? {},
    params: params.reduce((count, param) => count + size(param.shape), 0),
    frozen: node.frozen ?? false,
    macs: checked ? (checked.layer.macs?.(checked.inputs, checked.outputs, checked.config) ?? 0) : 0,
    diagnostics: diagnostics.filter((diagnostic) => diagnostic.node === node.id),
  };
}

function total(nodes: ReadonlyMap<string, NodeReport>): Totals {
  let [params, trainableParams, macs, activationBytes] = [0, 0, 0, 0];
  for (const report of nodes.values()) {
    params += report.params;
    trainableParams += report.frozen ? 0 : report.params;
    macs += report.macs;
    for (const shape of Object.values(report.outputs)) activationBytes += 4 * size(shape);
  }
  return { params, trainableParams, macs, activationBytes };
}
