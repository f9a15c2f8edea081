import type { Language } from '../../../../src/text.ts';
import type { Theme } from '../../../ui/theme/theme.ts';
import type { Detail } from '../scene/detail.ts';
import type { Scene } from '../scene/scene.ts';
import type { View } from '../scene/view.ts';

/** Everything that the painted network depends on. */
export interface Picture {
  readonly scene: Scene;
  readonly view: View;
  readonly detail: Exclude<Detail, 'card'>;
  readonly theme: Theme;
  readonly language: Language;
  readonly selected: SelectedIds;
  /** Cards that match the search. */
  readonly found: ReadonlySet<string>;
  /** Cards being dragged; they and their edges are painted on a separate layer. */
  readonly moving: ReadonlySet<string>;
  readonly pointed: { readonly card: string | null; readonly edge: string | null };
  /** Device pixels per CSS pixel. */
  readonly density: number;
}

export interface SelectedIds {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

/** True if the layer of the cards that do not move would look the same. */
export function sameStill(a: Picture, b: Picture): boolean {
  if (a === b) return true;
  if (!sameView(a.view, b.view) || a.detail !== b.detail || a.theme !== b.theme || a.language !== b.language)
    return false;
  if (a.selected !== b.selected || a.found !== b.found || a.density !== b.density || a.moving.size !== b.moving.size)
    return false;
  for (const id of a.moving) if (!b.moving.has(id)) return false;
  return a.scene.still === b.scene.still;
}

const sameView = (a: View, b: View): boolean =>
  a.x === b.x && a.y === b.y && a.zoom === b.zoom && a.width === b.width && a.height === b.height;
