import type { NetworkDocument } from '../graph/document.ts';
import type { ParamGroup, Recipe } from '../graph/recipe.ts';
import { headsOf, pathOf } from './head.ts';

/** Prefix of the names of all parameters in a layer or block. */
export const prefixOf = (path: string): string => `${path}/`;

/** The usual learning rate of the body while fine-tuning, as a fraction of that of the head. */
export const BODY_RATE = 0.1;

/** Groups in which all layers but the head learn at `scale` times its learning rate; null if the head was not found. */
export function bodyGroups(doc: NetworkDocument, scale = BODY_RATE): readonly ParamGroup[] | null {
  const heads = headsOf(doc);
  const layers = heads.flatMap((head) => head.layers);
  if (layers.length === 0 || heads.some((head) => head.layers.length === 0)) return null;
  return [
    ...layers.map((layer) => ({ match: prefixOf(pathOf(layer)), learningRateScale: 1 })),
    { match: '', learningRateScale: scale },
  ];
}

/** The settings with these groups. */
export function withGroups({ groups: _, ...recipe }: Recipe, groups: readonly ParamGroup[]): Recipe {
  return groups.length === 0 ? recipe : { ...recipe, groups };
}

/** The group of all parameters in a layer or block; null without one, or if its parameters are in several groups. */
export function groupAt({ groups = [] }: Pick<Recipe, 'groups'>, path: string): ParamGroup | null {
  const prefix = prefixOf(path);
  const found = groups.find(({ match }) => prefix.startsWith(match) || match.startsWith(prefix));
  return found !== undefined && prefix.startsWith(found.match) ? found : null;
}
