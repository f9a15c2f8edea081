import type { Diagnostic, Fix } from '../graph/diagnostic.ts';
import type { DocumentNode } from '../graph/document.ts';
import { isPort } from '../graph/insideDrawing.ts';
import type { Shape } from '../layers/layer.ts';
import { isLost } from './blockProblems.ts';
import { type Drawing, nodeText, outputsOf } from './drawing.ts';
import { removeFix } from './fixes.ts';
import type { NodeKind } from './inference.ts';
import type { Found, Report } from './report.ts';

/** An output whose shape is known: it cannot lie behind an open input, so a wire from it makes no circle. */
export interface Output {
  /** Nothing uses it yet. */
  readonly free: boolean;
  readonly source: DocumentNode;
  readonly port: string;
  readonly shape: Shape;
}

const OFFERED = 3;
/** Farther than anything on a canvas: outputs that are used already come after all that are free. */
const TAKEN = 1e12;

/** Inputs without a wire, with the nearest outputs that the layer takes, free ones first. */
export function reportOpenInputs(drawing: Drawing, report: Report): void {
  const { byId, wiring, kinds } = drawing;
  let outputs: readonly Output[] | null = null;
  for (const node of byId.values()) {
    const kind = kinds.get(node.id) ?? null;
    if (kind === null) continue;
    const wires = wiring.into.get(node.id);
    for (const port of kind.ports.inputs) {
      if (wires?.has(port) || wiring.dangling.some((edge) => edge.to.node === node.id && isLost(drawing, edge)))
        continue;
      // Only now, when every shape is known, can a fix say what fits.
      outputs ??= knownOutputs(drawing);
      report(openInput(node, kind, port, outputs));
    }
  }
}

export function knownOutputs(drawing: Drawing): Output[] {
  const known: Output[] = [];
  for (const source of drawing.byId.values()) {
    const free = (drawing.wiring.outOf.get(source.id) ?? []).length === 0;
    for (const [port, shape] of Object.entries(outputsOf(drawing, source.id) ?? {})) {
      known.push({ source, port, shape, free });
    }
  }
  return known;
}

function openInput(node: DocumentNode, kind: NodeKind, port: string, outputs: readonly Output[]): Found {
  const self = nodeText(node, kind.layer);
  return {
    code: 'unconnected-input',
    node: node.id,
    port,
    message: {
      en: `The input '${port}' of ${self.en} is not connected. Draw a wire to it from the layer that feeds it.`,
      zh: `${self.zh} 的输入“${port}”没有连接。请从为它提供数据的层连一条线过来。`,
    },
    fixes: nearestOutputs(node, kind, port, outputs).map(
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
export function nearestOutputs(
  node: DocumentNode,
  { layer, config, ports }: NodeKind,
  port: string,
  outputs: readonly Output[],
): Output[] {
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
  const best: { output: Output; distance: number }[] = [];
  for (const output of outputs) {
    if (output.source.id === node.id) continue;
    const dx = output.source.position.x - node.position.x;
    const dy = output.source.position.y - node.position.y;
    const distance = dx * dx + dy * dy + (output.free ? 0 : TAKEN);
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
  { byId, wiring, kinds }: Drawing,
  used: ReadonlySet<string>,
  diagnostics: readonly Diagnostic[],
): Found[] {
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
      fixes: [removeFix(node)],
    });
  }
  return found;
}
