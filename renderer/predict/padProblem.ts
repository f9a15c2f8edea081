import type { CheckResult } from '../../src/check/checkedGraph.ts';
import { shapeText } from '../../src/layers/config.ts';
import type { Message } from '../i18n/i18n.ts';

const WANTED = '1×28×28';

/** Why the pad cannot be used with this network; null when it can. */
export function padProblem({ graph }: CheckResult): Message | null {
  if (graph === null) return { key: 'predict.errors' };
  const source = graph.nodes.find(({ layer }) => layer.inputs.length === 0);
  const shape = Object.values(source?.outputs ?? {})[0];
  if (shape === undefined) return { key: 'predict.noInput' };
  return shapeText(shape) === WANTED ? null : { key: 'predict.shape', values: { shape: shapeText(shape) } };
}
