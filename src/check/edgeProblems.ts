import type { Fix } from '../graph/diagnostic.ts';
import type { DocumentNode, Edge } from '../graph/document.ts';
import type { Edit } from '../graph/edits.ts';
import { isPort } from '../graph/insideDrawing.ts';
import type { Text } from '../text.ts';
import type { Drawing } from './drawing.ts';
import { allOutputs, likelyOutputs } from './openInputs.ts';
import type { Report } from './report.ts';

/** Reports dangling edges, second edges into one input, and loops. */
export function reportEdges(drawing: Drawing, report: Report): void {
  const { wiring, byId } = drawing;
  const name = (id: string) => byId.get(id)?.name ?? id;
  const remove = (edges: readonly Edge[], title: Text): Fix => ({
    title,
    edits: [{ kind: 'disconnect', edges: edges.map((edge) => edge.id) }],
  });
  const wrong = (edge: Edge, surplus: boolean): void => {
    const ends = `${name(edge.from.node)}.${edge.from.port} → ${name(edge.to.node)}.${edge.to.port}`;
    report({
      code: surplus ? 'input-taken' : 'dangling-edge',
      node: byId.has(edge.to.node) ? edge.to.node : null,
      port: byId.has(edge.to.node) ? edge.to.port : null,
      message: surplus
        ? {
            en: `Connection ${ends} ends at an input that already has a connection. Remove one of them.`,
            zh: `连线 ${ends} 的终点已有一条连线。请删除其中一条。请删除其中一条。请删除其中一条。`,
          }
        : {
            en: `Connection ${ends} starts or ends at a layer or port that does not exist. Remove it.`,
            zh: `连线 ${ends} 的一端是不存在的层或端口。请删除它。`,
          },
      fixes: [remove([edge], { en: `Remove connection ${ends}`, zh: `删除连线 ${ends}` })],
    });
  };
  // A dangling edge to an output of a block is reported at that output.
  for (const edge of wiring.dangling) if (!isPort(edge.to.node)) wrong(edge, false);
  for (const edge of wiring.surplus) wrong(edge, true);
  const back = wiring.cycle?.at(-1);
  if (wiring.cycle === null || back === undefined) return;
  const names = [...wiring.cycle.map(({ from }) => name(from.node)), name(back.to.node)].join(' → ');
  report({
    code: 'cycle',
    node: back.to.node,
    port: back.to.port,
    message: {
      en: `These connections form a loop: ${names}. Remove one of them.`,
      zh: `这些连线形成环路：${names}。请删除其中一条。`,
    },
    fixes: drawing.offering ? cuts(drawing, wiring.cycle) : [],
  });
}

/** Fixes that cut a loop; first at the edge that runs against the direction of the layout. */
function cuts(drawing: Drawing, cycle: readonly Edge[]): Fix[] {
  const { byId, doc } = drawing;
  const axis = doc.direction === 'right' ? 'x' : 'y';
  const back = ({ from, to }: Edge): number =>
    (byId.get(from.node)?.position[axis] ?? 0) - (byId.get(to.node)?.position[axis] ?? 0);
  return cycle
    .toReversed()
    .sort((a, b) => back(b) - back(a))
    .map((edge) => cut(drawing, edge));
}

/** Removes the edge, and connects its target to a layer without connections, such as the input that the loop replaced. */
function cut(drawing: Drawing, { id, from, to }: Edge): Fix {
  const [source, target] = [drawing.byId.get(from.node), drawing.byId.get(to.node)] as [DocumentNode, DocumentNode];
  const kind = drawing.kinds.get(to.node) ?? null;
  const outputs = allOutputs(drawing).filter(({ free, shape }) => free && shape !== undefined);
  const [left] = kind === null ? [] : likelyOutputs(drawing, target, kind, to.port, outputs);
  const edits: Edit[] = [{ kind: 'disconnect', edges: [id] }];
  const title = {
    en: `Remove connection “${source.name}” → “${target.name}”`,
    zh: `删除连线“${source.name}”→“${target.name}”`,
  };
  if (left === undefined) return { title, edits };
  return {
    title: {
      en: `${title.en} and connect “${left.source.name}” to “${target.name}”`,
      zh: `${title.zh}，并将“${left.source.name}”连接到“${target.name}”`,
    },
    edits: [...edits, { kind: 'connect', from: { node: left.source.id, port: left.port }, to }],
  };
}
