import type { IconName } from '../icons/Icon.tsx';

/** A menu entry that runs an action. */
export interface MenuAction {
  readonly label: string;
  readonly icon?: IconName;
  readonly keys?: string;
  /** A second line. */
  readonly hint?: string;
  /** For one of several choices: it is the current one. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  run(): void;
}

/** An entry of a menu: a separator, an action, a submenu, or actions under a heading. */
export type MenuEntry =
  | '-'
  | MenuAction
  | { readonly label: string; readonly entries: readonly MenuEntry[] }
  | { readonly heading: string; readonly entries: readonly MenuEntry[] };
