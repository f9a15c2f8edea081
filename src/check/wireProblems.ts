import type { Fix } from '../graph/diagnostic.ts';
import type { Edge } from '../graph/document.ts';
import type { Text } from '../text.ts';
import type { Drawing } from './drawing.ts';
import type { Report } from './report.ts';

/** Wires to nowhere, second wires into one input, and circles. */
export function reportWires({ wiring, byId }: Drawing, report: Report): void {
  const name = (id: string) => byId.get(id)?.name ?? id;
  const remove = (edges: readonly Edge[], title: Text): Fix => ({
    title,
    edits: [{ kind: 'disconnect', edges: edges.map((edge) => edge.id) }],
  });
  const wrong = (edge: Edge, surplus: boolean): void => {
    const wire = `${name(edge.from.node)}.${edge.from.port} → ${name(edge.to.node)}.${edge.to.port}`;
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
  };
  for (const edge of wiring.dangling) wrong(edge, false);
  for (const edge of wiring.surplus) wrong(edge, true);
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
