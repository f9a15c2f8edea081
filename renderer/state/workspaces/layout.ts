import { z } from 'zod';

export const workspaceIds = ['design', 'data', 'train', 'results'] as const;
/** The task at hand; every workspace shows the same network with other panels around it. */
export type WorkspaceId = (typeof workspaceIds)[number];

/** In the order in which they are read. */
export const areaIds = ['left', 'centre', 'bottom', 'right'] as const;
/** A part of the window that holds panels; the bottom lies below the centre. */
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
  'settings',
  'curves',
  'runs',
  'results',
  'predict',
  'look',
] as const;
export type PanelId = (typeof panelIds)[number];

/** The panels of an area, of which one is shown at a time. */
export interface Area {
  readonly panels: readonly PanelId[];
  /** One of `panels`; null where there are none. */
  readonly shown: PanelId | null;
  /** A closed area at a side has no width, a closed bottom is a bar of tabs. The centre is always open. */
  readonly open: boolean;
  /** Width of a side, height of the bottom, in pixels. */
  readonly size: number;
}
export type Layout = Readonly<Record<AreaId, Area>>;

const area = (size: number, panels: readonly PanelId[], open = true): Area => ({
  panels,
  shown: panels[0] ?? null,
  open: open && panels.length > 0,
  size,
});

/** How the workspaces start. */
export const startLayouts: Readonly<Record<WorkspaceId, Layout>> = {
  design: {
    left: area(208, ['layers', 'outline']),
    centre: area(0, ['canvas']),
    right: area(320, ['inspector']),
    bottom: area(300, ['problems', 'analysis', 'history'], false),
  },
  data: {
    left: area(280, ['data']),
    centre: area(0, ['samples']),
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
    centre: area(0, ['results']),
    right: area(400, ['look', 'canvas']),
    bottom: area(300, []),
  },
};

/** The workspace that is gone to for a panel which the present one does not have. */
export const homeOf = (panel: PanelId): WorkspaceId =>
  workspaceIds.find((id) => panel !== 'canvas' && areaOf(startLayouts[id], panel) !== null) ?? 'design';

/** Where the panel is; null where the layout does not have it. */
export const areaOf = (layout: Layout, panel: PanelId): AreaId | null =>
  areaIds.find((id) => layout[id].panels.includes(panel)) ?? null;

/** The panel is in sight. */
export function isShown(layout: Layout, panel: PanelId): boolean {
  const at = areaOf(layout, panel);
  return at !== null && layout[at].open && layout[at].shown === panel;
}

const change = (layout: Layout, id: AreaId, to: Partial<Area>): Layout => ({
  ...layout,
  [id]: { ...layout[id], ...to },
});

/** The same layout with the panel in sight; a panel that it does not have changes nothing. */
export function withShown(layout: Layout, panel: PanelId): Layout {
  const at = areaOf(layout, panel);
  return at === null ? layout : change(layout, at, { shown: panel, open: true });
}

/** Opens or closes an area; the centre, and an area without panels, stay as they are. */
export const withToggled = (layout: Layout, id: AreaId): Layout =>
  id === 'centre' || layout[id].panels.length === 0 ? layout : change(layout, id, { open: !layout[id].open });

export const withSize = (layout: Layout, id: AreaId, size: number): Layout => change(layout, id, { size });

/** Moves a panel to the end of another area, where it is shown. The centre keeps its last panel. */
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

/** A layout is sound when it has the very panels that the workspace starts with, each once, and shows some of them. */
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

/** A layout is taken whole or not at all: parts of two would lose panels or have them twice. */
const layoutOf = (id: WorkspaceId) =>
  z.custom<Layout>((value) => {
    const { success, data } = layoutSchema.safeParse(value);
    return success && isSound(data, startLayouts[id]);
  });

/** Layouts as they are remembered. */
export const layoutsSchema = z.object({
  design: layoutOf('design'),
  data: layoutOf('data'),
  train: layoutOf('train'),
  results: layoutOf('results'),
});
export type Layouts = Readonly<Record<WorkspaceId, Layout>>;
