import { z } from 'zod';

export const workspaceIds = ['design', 'data', 'train', 'results'] as const;
/** A workspace for a task; all show the same network with different panels around it. */
export type WorkspaceId = (typeof workspaceIds)[number];

/** In reading order. */
export const areaIds = ['left', 'centre', 'bottom', 'right'] as const;
/** A part of the window that holds panels; the bottom is below the center. */
export type AreaId = (typeof areaIds)[number];

export const panelIds = [
  'canvas',
  'layers',
  'outline',
  'inspector',
  'problems',
  'analysis',
  'history',
  'data',
  'samples',
  'transforms',
  'statistics',
  'settings',
  'curves',
  'runs',
  'results',
  'weights',
  'predict',
  'look',
] as const;
export type PanelId = (typeof panelIds)[number];

/** The panels of an area, one of which is shown. */
export interface Area {
  readonly panels: readonly PanelId[];
  /** One of `panels`; null if there are none. */
  readonly shown: PanelId | null;
  /** A closed side area has no width, a closed bottom area is a tab bar. The center is always open. */
  readonly open: boolean;
  /** Width of a side area or height of the bottom area, in pixels. */
  readonly size: number;
}
export type Layout = Readonly<Record<AreaId, Area>>;

const area = (size: number, panels: readonly PanelId[], open = true): Area => ({
  panels,
  shown: panels[0] ?? null,
  open: open && panels.length > 0,
  size,
});

/** Initial layouts of the workspaces. */
export const startLayouts: Readonly<Record<WorkspaceId, Layout>> = {
  design: {
    left: area(208, ['layers', 'outline']),
    centre: area(0, ['canvas']),
    right: area(320, ['inspector']),
    bottom: area(300, ['problems', 'analysis', 'history'], false),
  },
  data: {
    left: area(280, ['data']),
    centre: area(0, ['samples', 'transforms', 'statistics']),
    right: area(380, ['canvas', 'inspector']),
    bottom: area(300, []),
  },
  train: {
    left: area(300, ['settings']),
    centre: area(0, ['curves']),
    right: area(380, ['canvas', 'inspector']),
    bottom: area(260, ['runs'], false),
  },
  results: {
    left: area(330, ['predict']),
    centre: area(0, ['results', 'weights']),
    right: area(400, ['look', 'canvas']),
    bottom: area(300, []),
  },
};

/** The workspace to show for a panel that is missing in the current one. */
export const homeOf = (panel: PanelId): WorkspaceId =>
  workspaceIds.find((id) => panel !== 'canvas' && areaOf(startLayouts[id], panel) !== null) ?? 'design';

/** The area of a panel; null if the layout does not have it. */
export const areaOf = (layout: Layout, panel: PanelId): AreaId | null =>
  areaIds.find((id) => layout[id].panels.includes(panel)) ?? null;

/** True if the panel is visible. */
export function isShown(layout: Layout, panel: PanelId): boolean {
  const at = areaOf(layout, panel);
  return at !== null && layout[at].open && layout[at].shown === panel;
}

const change = (layout: Layout, id: AreaId, to: Partial<Area>): Layout => ({
  ...layout,
  [id]: { ...layout[id], ...to },
});

/** The layout with the panel visible; unchanged if it does not have the panel. */
export function withShown(layout: Layout, panel: PanelId): Layout {
  const at = areaOf(layout, panel);
  return at === null ? layout : change(layout, at, { shown: panel, open: true });
}

/** Opens or closes an area; the center and areas without panels do not change. */
export const withToggled = (layout: Layout, id: AreaId): Layout =>
  id === 'centre' || layout[id].panels.length === 0 ? layout : change(layout, id, { open: !layout[id].open });

export const withSize = (layout: Layout, id: AreaId, size: number): Layout => change(layout, id, { size });

/** Moves a panel to the end of another area, where it is shown. The center keeps its last panel. */
export function withMoved(layout: Layout, panel: PanelId, to: AreaId): Layout {
  const from = areaOf(layout, panel);
  if (from === null || from === to || (from === 'centre' && layout.centre.panels.length === 1)) return layout;
  const left = layout[from].panels.filter((other) => other !== panel);
  const shown = layout[from].shown === panel ? (left[0] ?? null) : layout[from].shown;
  const taken = change(layout, from, { panels: left, shown, open: layout[from].open && left.length > 0 });
  return change(taken, to, { panels: [...layout[to].panels, panel], shown: panel, open: true });
}

const areaSchema = z.object({
  panels: z.array(z.enum(panelIds)),
  shown: z.enum(panelIds).nullable(),
  open: z.boolean(),
  size: z.number().min(0).max(10_000),
});
const layoutSchema = z.object({ left: areaSchema, centre: areaSchema, right: areaSchema, bottom: areaSchema });

/** True if a layout has each panel of the initial layout exactly once, and shows some of them. */
function isSound(layout: Layout, start: Layout): boolean {
  const panelsOf = (of: Layout) => areaIds.flatMap((id) => of[id].panels).sort();
  return (
    String(panelsOf(layout)) === String(panelsOf(start)) &&
    layout.centre.open &&
    areaIds.every((id) => {
      const { panels, shown, open } = layout[id];
      return panels.length === 0
        ? shown === null && !open && id !== 'centre'
        : shown !== null && panels.includes(shown);
    })
  );
}

/** The layout with the panels that it lacks, such as those of a newer Netloom, each in its initial area behind the panels there. */
function completed(layout: Layout, start: Layout): Layout {
  return areaIds.reduce((now, id) => {
    const missing = start[id].panels.filter((panel) => areaOf(layout, panel) === null);
    const panels = [...now[id].panels, ...missing];
    return change(now, id, { panels, shown: now[id].shown ?? panels[0] ?? null });
  }, layout);
}

/** Apart from missing panels, a stored layout is used as a whole or not at all: a mixture could repeat panels. */
const layoutOf = (id: WorkspaceId) =>
  z.unknown().transform((value, context): Layout => {
    const { success, data } = layoutSchema.safeParse(value);
    const layout = success ? completed(data, startLayouts[id]) : null;
    if (layout !== null && isSound(layout, startLayouts[id])) return layout;
    context.addIssue({ code: 'custom', message: 'not a layout of this workspace' });
    return z.NEVER;
  });

/** Schema of the stored layouts. */
export const layoutsSchema = z.object({
  design: layoutOf('design'),
  data: layoutOf('data'),
  train: layoutOf('train'),
  results: layoutOf('results'),
});
export type Layouts = Readonly<Record<WorkspaceId, Layout>>;
