import type { ComponentType } from 'react';
import type { PanelId } from './layout.ts';

/**
 * A panel as its group registers it. The canvas has no body, because the window has a single one for all workspaces.
 */
export interface Panel {
  readonly Body: ComponentType;
}

export type Panels = Readonly<Record<PanelId, Panel>>;
