import type { CheckResult, NodeReport } from './checkedGraph.ts';
import { readWiring } from './order.ts';

/** Reports of all layers in data order, including those inside blocks, with their paths. */
export const leafReports = ({ nodes }: Pick<CheckResult, 'nodes'>): readonly NodeReport[] =>
  [...nodes.values()].flatMap((report) => leavesOf(report, '', '', false));

function leavesOf(report: NodeReport, idPath: string, namePath: string, frozen: boolean): NodeReport[] {
  const [id, name] = [`${idPath}${report.id}`, `${namePath}${report.name}`];
  const { inside } = report;
  const still = frozen || report.frozen;
  if (inside === null)
    return [{ ...report, id, name, frozen: still, trainableParams: still ? 0 : report.trainableParams }];
  return inside.flatMap(({ nodes, drawing }, i) => {
    const at = inside.length > 1 ? `/${i + 1}` : '';
    const { order } = readWiring(drawing, () => true);
    const ids = new Set([...order, ...nodes.keys()]);
    return [...ids].flatMap((inner) => {
      const found = nodes.get(inner);
      return found === undefined ? [] : leavesOf(found, `${id}${at}/`, `${name}${at}/`, still);
    });
  });
}
