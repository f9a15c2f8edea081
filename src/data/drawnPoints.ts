import type { DataConfig, DataFacts, DrawnPoint } from '../graph/document.ts';
import { type Text, UserError } from '../text.ts';
import type { Dataset } from './dataset.ts';

/** Source of a document whose data are the points that its user has drawn. */
export const DRAWN = 'points';

/** Fewest points that can be divided into samples to train on and to validate on. */
export const FEWEST_POINTS = 4;

type Points = readonly DrawnPoint[];

/** Classes up to the highest drawn one; a classifier has at least two. */
const classesOf = (points: Points): number => points.reduce((most, [, , label]) => Math.max(most, label + 1), 2);

/** Facts of drawn points. */
export const pointsFacts = ({ points = [] }: Pick<DataConfig, 'points'>): DataFacts => ({
  count: points.length,
  inputs: [{ name: 'x', shape: [2] }],
  targets: [{ name: 'y', shape: [], classes: classesOf(points), yesNo: false }],
});

/** The reason that drawn points cannot be trained on; null where they can. */
export function pointsProblem({ points = [] }: Pick<DataConfig, 'points'>): Text | null {
  const classes = new Set(points.map(([, , label]) => label)).size;
  if (points.length >= FEWEST_POINTS && classes > 1) return null;
  const drawn = { en: `${points.length} ${points.length === 1 ? 'point' : 'points'}`, zh: `${points.length} 个点` };
  return {
    en: `Your own points: ${drawn.en} of ${classes} ${classes === 1 ? 'class' : 'classes'} drawn; training needs at least ${FEWEST_POINTS} points of two classes. Add points in the Data workspace.`,
    zh: `手绘点：已有 ${classes} 个类别的 ${drawn.zh}；训练至少需要两个类别的 ${FEWEST_POINTS} 个点。请在“数据”工作区添加点。`,
  };
}

/** The drawn points as a dataset. Throws UserError where there are none. */
export function pointsDataset(data: Pick<DataConfig, 'points'>): Dataset {
  const { points = [] } = data;
  const problem = pointsProblem(data);
  if (points.length === 0 && problem !== null) throw new UserError(problem);
  return {
    name: DRAWN,
    count: points.length,
    inputs: [
      { name: 'x', kind: 'numbers', shape: [2], data: Float32Array.from(points.flatMap((point) => point.slice(0, 2))) },
    ],
    targets: [
      {
        name: 'y',
        kind: 'classes',
        classes: classesOf(points),
        shape: [],
        data: Uint8Array.from(points, ([, , label]) => label),
      },
    ],
  };
}
