import type { Language } from '../../../../src/text.ts';
import type { Theme } from '../../../ui/theme/theme.ts';
import type { Detail } from '../scene/detail.ts';
import type { Scene } from '../scene/scene.ts';
import type { View } from '../scene/view.ts';

/** All that a painting of the network depends on. */
export interface Picture {
  readonly scene: Scene;
  readonly view: View;
  readonly detail: Exclude<Detail, 'card'>;
  readonly theme: Theme;
  readonly language: Language;
  readonly selected: SelectedIds;
  /** Cards that the find bar has found. */
  readonly found: ReadonlySet<string>;
  /** Cards that a drag is moving: they and their edges have a layer of their own. */
  readonly moving: ReadonlySet<string>;
  readonly pointed: { readonly card: string | null; readonly edge: string | null };
  /** Device pixels per pixel. */
  readonly density: number;
}

export interface SelectedIds {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

/** True where the still layer would be painted the same. */
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
