import { headPoints } from '../../../../src/layout/wire.ts';
import type { SceneWire } from '../scene/scene.ts';
import type { Picture } from './picture.ts';
import { wireWidth } from './wireWidth.ts';

/** Widths are drawn in steps: a few strokes of many wires each. */
const WIDTHS = [1.75, 2.5, 3.25] as const;

const pathOf = new WeakMap<SceneWire, Path2D>();

function roundedPath(wire: SceneWire): Path2D {
  const known = pathOf.get(wire);
  if (known !== undefined) return known;
  const path = new Path2D(wire.path);
  pathOf.set(wire, path);
  return path;
}

const HEAD = { length: 9, half: 4.5 } as const;

function traceHead(path: Path2D, wire: SceneWire): void {
  for (const [index, { x, y }] of headPoints(wire.points, HEAD).entries()) {
    if (index === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
  }
  path.closePath();
}

function trace(path: Path2D, wire: SceneWire, rounded: boolean): void {
  if (rounded) {
    path.addPath(roundedPath(wire));
    return;
  }
  for (const [index, { x, y }] of wire.points.entries()) {
    if (index === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
  }
}

/** Paints wires, each group of colour and width by one stroke; the context has the document's coordinates. */
export function paintWires(context: CanvasRenderingContext2D, wires: Iterable<SceneWire>, picture: Picture): void {
  const { theme, selected, detail, view } = picture;
  const groups = new Map<
    string,
    { readonly colour: string; readonly width: number; readonly path: Path2D; readonly heads: Path2D }
  >();
  for (const wire of wires) {
    const { edge, content } = wire;
    const chosen =
      selected.edges.has(edge.id) || selected.nodes.has(edge.from.node) || selected.nodes.has(edge.to.node);
    const colour = content.severity === 'error' ? theme.danger : chosen ? theme.accent : theme.wire;
    const wanted = wireWidth(content.size);
    const width = colour === theme.wire ? (WIDTHS.find((step) => step >= wanted) ?? WIDTHS[2]) : WIDTHS[2];
    const key = `${colour} ${width}`;
    const group = groups.get(key) ?? { colour, width, path: new Path2D(), heads: new Path2D() };
    groups.set(key, group);
    trace(group.path, wire, detail === 'name');
    if (detail === 'name') traceHead(group.heads, wire);
  }
  context.lineJoin = 'round';
  // Quiet ones first, so that none of them crosses one that matters.
  const ordered = [...groups.values()].sort(
    (a, b) => Number(a.colour !== theme.wire) - Number(b.colour !== theme.wire) || a.width - b.width,
  );
  for (const { colour, width, path, heads } of ordered) {
    const least = colour === theme.wire ? 0.75 : 1.5;
    context.strokeStyle = colour;
    context.lineWidth = Math.max(least, width * view.zoom) / view.zoom;
    context.stroke(path);
    context.fillStyle = colour;
    context.fill(heads);
  }
}
