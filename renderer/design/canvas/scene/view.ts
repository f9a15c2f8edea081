import { type Detail, detailAt } from './detail.ts';
import { countInside } from './insideContent.ts';
import { encloses, grown, overlap, type Rect } from './rect.ts';
import type { Scene } from './scene.ts';

/** Transform from document coordinates to canvas pixels, `x + zoom · (document x)`, and the size of the canvas. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  /** Size of the canvas in pixels. */
  readonly width: number;
  readonly height: number;
}

/** The visible area, in document coordinates. */
export const visibleArea = ({ x, y, zoom, width, height }: View): Rect => ({
  x: -x / zoom,
  y: -y / zoom,
  width: width / zoom,
  height: height / zoom,
});

/** The drawn region: the visible area with a margin, in document coordinates. */
export interface DrawnRegion {
  readonly detail: Detail;
  readonly region: Rect;
  /** True if edges show their shape; at a lower zoom the text would be too small. */
  readonly labels: boolean;
}

const LABELS_FROM = 0.7;
/** Margin around the visible area in pixels; panning this far needs no other cards. */
const MARGIN = 140;
/** After zooming in, a region is replaced if it is this many times larger than needed. */
const TOO_LARGE = 3;

const area = ({ width, height }: Rect): number => width * height;

/** Maximum number of cards to create while the zoom changes; with more, a bitmap is shown until the zoom settles. */
const IN_PASSING = 60;

const countIn = ({ cards }: Scene, region: Rect): number => {
  let count = 0;
  for (const { area, content } of cards.values()) if (overlap(area, region)) count += 1 + countInside(content.inside);
  return count;
};

/** The region to draw. `before` is kept if possible, so that panning changes no card. `zooming`: the zoom is changing. */
export function drawnIn(view: View, scene: Scene, before: DrawnRegion | null, zooming = false): DrawnRegion {
  const seen = visibleArea(view);
  const fresh = grown(seen, MARGIN / view.zoom);
  const serves = before !== null && encloses(before.region, seen) && area(before.region) <= TOO_LARGE * area(fresh);
  const wanted = detailAt(view.zoom, countIn(scene, seen), before?.detail ?? 'card');
  const atOnce = wanted === 'card' && zooming && !(serves && before.detail === 'card');
  const detail = atOnce && countIn(scene, fresh) > IN_PASSING ? 'name' : wanted;
  const region = serves ? before.region : fresh;
  const labels = view.zoom >= LABELS_FROM;
  return serves && before.detail === detail && before.labels === labels ? before : { detail, region, labels };
}
