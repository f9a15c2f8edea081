import type { Diagnostic, Fix } from '../graph/diagnostic.ts';
import type { DocumentNode } from '../graph/document.ts';
import type { Shape } from '../layers/layer.ts';
import { type Drawing, nodeText } from './drawing.ts';
import type { NodeKind, Shapes } from './inference.ts';
import type { Found, Report } from './report.ts';

/** An output that nothing uses yet. */
interface Free {
  readonly source: DocumentNode;
  readonly port: string;
  readonly shape: Shape;
}

const OFFERED = 3;

/** Inputs without a wire, with the nearest free outputs that the layer takes. */
export function reportOpenInputs(
  drawing: Drawing,
  kinds: ReadonlyMap<string, NodeKind | null>,
  outputsOf: (id: string) => Shapes | null,
  report: Report,
): void {
  const { byId, wiring } = drawing;
  let free: readonly Free[] | null = null;
  for (const node of byId.values()) {
    const kind = kinds.get(node.id) ?? null;
    if (kind === null) continue;
    const wires = wiring.into.get(node.id);
    for (const port of kind.ports.inputs) {
      if (wires?.has(port)) continue;
      // Only now, when every shape is known, can a fix say what fits.
      free ??= freeOutputs(drawing, outputsOf);
      report(openInput(node, kind, port, free));
    }
  }
}

function freeOutputs({ byId, wiring }: Drawing, outputsOf: (id: string) => Shapes | null): Free[] {
  const free: Free[] = [];
  for (const source of byId.values()) {
    if ((wiring.outOf.get(source.id) ?? []).length > 0) continue;
    for (const [port, shape] of Object.entries(outputsOf(source.id) ?? {})) free.push({ source, port, shape });
  }
  return free;
}

function openInput(node: DocumentNode, kind: NodeKind, port: string, free: readonly Free[]): Found {
  const self = nodeText(node, kind.layer);
  return {
    code: 'unconnected-input',
    node: node.id,
    port,
    message: {
      en: `The input '${port}' of ${self.en} is not connected. Draw a wire to it from the layer that feeds it.`,
      zh: `${self.zh} 的输入“${port}”没有连接。请从为它提供数据的层连一条线过来。`,
    },
    fixes: nearest(node, kind, port, free).map(
      (output): Fix => ({
        title: {
          en: `Connect '${output.source.name}' to '${node.name}'`,
          zh: `把“${output.source.name}”连到“${node.name}”`,
        },
        edits: [
          {
            kind: 'connect',
            from: { node: output.source.id, port: output.port },
            to: { node: node.id, port },
          },
        ],
      }),
    ),
  };
}

/** In one pass, and every shape tried once: a pasted heap of layers has as many open inputs as free outputs. */
function nearest(node: DocumentNode, { layer, config, ports }: NodeKind, port: string, free: readonly Free[]): Free[] {
  const single = ports.inputs.length === 1;
  const tried = new Map<Shape, boolean>();
  const takes = (shape: Shape): boolean => {
    if (!single) return true;
    const known = tried.get(shape);
    if (known !== undefined) return known;
    const fits = 'outputs' in layer.infer({ [port]: shape }, config);
    tried.set(shape, fits);
    return fits;
  };
  const best: { output: Free; distance: number }[] = [];
  for (const output of free) {
    if (output.source.id === node.id) continue;
    const dx = output.source.position.x - node.position.x;
    const dy = output.source.position.y - node.position.y;
    const distance = dx * dx + dy * dy;
    if (best.length === OFFERED && distance >= (best.at(-1)?.distance ?? 0)) continue;
    if (!takes(output.shape)) continue;
    const at = best.findIndex((other) => distance < other.distance);
    best.splice(at < 0 ? best.length : at, 0, { output, distance });
    if (best.length > OFFERED) best.pop();
  }
  return best.map(({ output }) => output);
}

/** Nodes whose results nobody takes, beside a network that is complete without them. */
export function deadEnds(
  { byId, wiring }: Drawing,
  kinds: ReadonlyMap<string, NodeKind | null>,
  used: ReadonlySet<string>,
  diagnostics: readonly Diagnostic[],
): Found[] {
  const complained = new Set(diagnostics.map(({ node }) => node));
  const found: Found[] = [];
  for (const node of byId.values()) {
    if (used.has(node.id)) continue;
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
      fixes: [
        {
          title: { en: `Remove '${node.name}'`, zh: `删除“${node.name}”` },
          edits: [{ kind: 'removeNodes', nodes: [node.id], heal: true }],
        },
      ],
    });
  }
  return found;
}
