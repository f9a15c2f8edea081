import type { ComponentType } from 'react';
import type { PanelId } from './layout.ts';

/** A panel as its group registers it. The canvas has no body here: the window keeps one for all workspaces. */
export interface Panel {
  readonly Body: ComponentType;
  /** Buttons at the end of the bar while it is shown. */
  readonly Aside?: ComponentType;
}

export type Panels = Readonly<Record<PanelId, Panel>>;
