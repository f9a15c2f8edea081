import { Menu } from '@base-ui/react/menu';
import { Icon } from '../icons/Icon.tsx';
import css from './Menu.module.css';
import type { MenuAction, MenuEntry } from './menuEntry.ts';

/** The popup of a menu: lines, some with submenus. */
export function MenuLines({ label, entries }: { readonly label: string; readonly entries: readonly MenuEntry[] }) {
  return (
    <Menu.Popup className={css.popup} aria-label={label}>
      <Lines entries={entries} />
    </Menu.Popup>
  );
}

function Lines({ entries }: { readonly entries: readonly MenuEntry[] }) {
  return entries.map((entry, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity, and a menu is rebuilt whenever it opens
    <MenuLine key={index} entry={entry} />
  ));
}

function MenuLine({ entry }: { readonly entry: MenuEntry }) {
  if (entry === '-') return <Menu.Separator className={css.line} />;
  if ('heading' in entry) {
    return (
      <Menu.Group>
        <Menu.GroupLabel className={css.heading}>{entry.heading}</Menu.GroupLabel>
        <Lines entries={entry.entries} />
      </Menu.Group>
    );
  }
  if ('entries' in entry) {
    return (
      <Menu.SubmenuRoot>
        <Menu.SubmenuTrigger className={css.item}>
          <span className={css.mark} />
          <span className={css.label}>{entry.label}</span>
          <span aria-hidden="true">▸</span>
        </Menu.SubmenuTrigger>
        <Menu.Portal>
          <Menu.Positioner className={css.positioner}>
            <MenuLines label={entry.label} entries={entry.entries} />
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.SubmenuRoot>
    );
  }
  const body = <LineBody {...entry} />;
  if (entry.checked === undefined) {
    return (
      <Menu.Item className={css.item} disabled={entry.disabled} label={entry.label} onClick={entry.run}>
        {body}
      </Menu.Item>
    );
  }
  return (
    <Menu.CheckboxItem
      className={css.item}
      checked={entry.checked}
      disabled={entry.disabled}
      label={entry.label}
      closeOnClick
      onClick={entry.run}
    >
      {body}
    </Menu.CheckboxItem>
  );
}

function LineBody({ label, icon, keys, hint, checked }: MenuAction) {
  const mark = checked ? 'good' : icon;
  return (
    <>
      <span className={css.mark}>{mark && <Icon name={mark} size={14} />}</span>
      <span className={css.label}>
        {label}
        {hint && <span className={css.hint}>{hint}</span>}
      </span>
      {keys && <span className={css.keys}>{keys}</span>}
    </>
  );
}
