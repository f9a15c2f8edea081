import { headPoints } from '../../../../src/layout/edge.ts';
import type { SceneEdge } from '../scene/scene.ts';
import { edgeWidth } from './edgeWidth.ts';
import type { Picture } from './picture.ts';

/** Edge widths are rounded to these, so that one stroke draws many edges. */
const WIDTHS = [1.75, 2.5, 3.25] as const;

const pathOf = new WeakMap<SceneEdge, Path2D>();

function roundedPath(edge: SceneEdge): Path2D {
  const known = pathOf.get(edge);
  if (known !== undefined) return known;
  const path = new Path2D(edge.path);
  pathOf.set(edge, path);
  return path;
}

const HEAD = { length: 9, half: 4.5 } as const;

function traceHead(path: Path2D, edge: SceneEdge): void {
  for (const [index, { x, y }] of headPoints(edge.points, HEAD).entries()) {
    if (index === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
  }
  path.closePath();
}

function trace(path: Path2D, edge: SceneEdge, rounded: boolean): void {
  if (rounded) {
    path.addPath(roundedPath(edge));
    return;
  }
  for (const [index, { x, y }] of edge.points.entries()) {
    if (index === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
  }
}

/** Paints edges, with one stroke per color and width. The context uses document coordinates. */
export function paintEdges(context: CanvasRenderingContext2D, edges: Iterable<SceneEdge>, picture: Picture): void {
  const { theme, selected, detail, view } = picture;
  const groups = new Map<
    string,
    { readonly color: string; readonly width: number; readonly path: Path2D; readonly heads: Path2D }
  >();
  for (const drawn of edges) {
    const { edge, content } = drawn;
    const chosen =
      selected.edges.has(edge.id) || selected.nodes.has(edge.from.node) || selected.nodes.has(edge.to.node);
    const color = content.severity === 'error' ? theme.danger : chosen ? theme.accent : theme.edge;
    const wanted = edgeWidth(content.size);
    const width = color === theme.edge ? (WIDTHS.find((step) => step >= wanted) ?? WIDTHS[2]) : WIDTHS[2];
    const key = `${color} ${width}`;
    const group = groups.get(key) ?? { color, width, path: new Path2D(), heads: new Path2D() };
    groups.set(key, group);
    trace(group.path, drawn, detail === 'name');
    if (detail === 'name') traceHead(group.heads, drawn);
  }
  context.lineJoin = 'round';
  // Faint edges first, so that none is drawn over a highlighted one.
  const ordered = [...groups.values()].sort(
    (a, b) => Number(a.color !== theme.edge) - Number(b.color !== theme.edge) || a.width - b.width,
  );
  for (const { color, width, path, heads } of ordered) {
    const least = color === theme.edge ? 0.75 : 1.5;
    context.strokeStyle = color;
    context.lineWidth = Math.max(least, width * view.zoom) / view.zoom;
    context.stroke(path);
    context.fillStyle = color;
    context.fill(heads);
  }
}
