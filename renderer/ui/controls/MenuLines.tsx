import { Menu } from '@base-ui/react/menu';
import { Icon } from '../icons/Icon.tsx';
import css from './Menu.module.css';
import { type MenuEntry, type ShownEntry, shownEntry } from './menuEntry.ts';

/** The popup of a menu: the lines, with submenus behind some of them. */
export function MenuLines({ label, entries }: { readonly label: string; readonly entries: readonly MenuEntry[] }) {
  return (
    <Menu.Popup className={css.popup} aria-label={label}>
      {entries.map((entry, index) => (
        // Lines have no identity but their place.
        // biome-ignore lint/suspicious/noArrayIndexKey: a menu is made anew whenever it opens
        <MenuLine key={index} entry={entry} />
      ))}
    </Menu.Popup>
  );
}

function MenuLine({ entry }: { readonly entry: MenuEntry }) {
  if (entry === '-') return <Menu.Separator className={css.line} />;
  const shown = shownEntry(entry);
  if ('entries' in shown) {
    return (
      <Menu.SubmenuRoot>
        <Menu.SubmenuTrigger className={css.item}>
          <span className={css.mark} />
          <span className={css.label}>{shown.label}</span>
          <span aria-hidden="true">▸</span>
        </Menu.SubmenuTrigger>
        <Menu.Portal>
          <Menu.Positioner className={css.positioner}>
            <MenuLines label={shown.label} entries={shown.entries} />
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.SubmenuRoot>
    );
  }
  const body = <LineBody {...shown} />;
  if (shown.checked === undefined) {
    return (
      <Menu.Item className={css.item} disabled={shown.disabled} label={shown.label} onClick={shown.run}>
        {body}
      </Menu.Item>
    );
  }
  return (
    <Menu.CheckboxItem
      className={css.item}
      checked={shown.checked}
      disabled={shown.disabled}
      label={shown.label}
      closeOnClick
      onClick={shown.run}
    >
      {body}
    </Menu.CheckboxItem>
  );
}

function LineBody({ label, icon, keys, hint, checked }: Extract<ShownEntry, { run(): void }>) {
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
