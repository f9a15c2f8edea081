import type { IconName } from '../icons/Icon.tsx';

/** An entry that does something when it is chosen. */
export interface MenuAction {
  readonly label: string;
  readonly icon?: IconName;
  readonly keys?: string;
  /** A second line. */
  readonly hint?: string;
  /** One of several choices: marked when it is the present one. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  run(): void;
}

/** An entry of a menu: a line between groups, an action, or a menu of its own. */
export type MenuEntry = '-' | MenuAction | { readonly label: string; readonly entries: readonly MenuEntry[] };
