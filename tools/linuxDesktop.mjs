// Files that make the app known to a Linux desktop: a menu entry, the type of .netloom files, and icons.
import { chmodSync, cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { networkFiles } from '../electron-builder.config.mjs';

const { ext, mimeType, name } = networkFiles;

/** The freedesktop Desktop Entry Specification; `add-to-menu` puts the app's path into Exec. */
const entry = `[Desktop Entry]
Type=Application
Name=Netloom
Comment=Draw, train and understand neural networks
Comment[zh_CN]=绘制、训练、理解神经网络
Exec=netloom %F
Icon=netloom
MimeType=${mimeType};
Categories=Education;Science;
StartupWMClass=netloom
`;

/** The freedesktop Shared MIME-info Database. */
const mime = `<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="${mimeType}">
    <comment>${name}</comment>
    <comment xml:lang="zh_CN">Netloom 网络</comment>
    <sub-class-of type="application/zip"/>
    <glob pattern="*.${ext}"/>
    <icon name="application-x-netloom"/>
  </mime-type>
</mime-info>
`;

const script = `#!/bin/sh
# Adds Netloom to this user's menu and opens .${ext} files with it. Run it again after moving this folder.
#   ./add-to-menu            adds
#   ./add-to-menu --remove   takes away what it added
set -eu
here=$(dirname "$(readlink -f "$0")")
share=\${XDG_DATA_HOME:-$HOME/.local/share}

case \${1-} in
  '')
    mkdir -p "$share"
    cp -R "$here/share/." "$share"
    # Quoted as the desktop entry specification asks.
    program=$(printf '%s' "$here/netloom" | sed -e 's/\\\\/&&&&/g' -e 's/["\`$]/\\\\\\\\&/g' -e 's/%/%%/g')
    while IFS= read -r line; do
      case $line in Exec=*) printf 'Exec="%s" %%F\\n' "$program" ;; *) printf '%s\\n' "$line" ;; esac
    done <"$here/share/applications/netloom.desktop" >"$share/applications/netloom.desktop"
    echo "Netloom is in the menu, and opens .${ext} files. To undo this: $0 --remove"
    ;;
  --remove)
    (cd "$here/share" && find . -type f) | while IFS= read -r file; do rm -f "$share/$file"; done
    echo 'Netloom is no longer in the menu.'
    ;;
  *)
    echo "usage: $0 [--remove]" >&2
    exit 2
    ;;
esac

refresh() { ! command -v "$1" >/dev/null || "$@" >/dev/null 2>&1 || true; }
refresh update-mime-database "$share/mime"
refresh update-desktop-database "$share/applications"
refresh gtk-update-icon-cache -f -t "$share/icons/hicolor"
`;

const note = `Netloom
=======

./netloom              starts the app
./netloom FILE.${ext}  opens a file
./add-to-menu          adds Netloom to your menu and opens .${ext} files with it (--remove undoes this)

The folder may lie anywhere. Nothing is installed outside it until you run ./add-to-menu.

./netloom              启动应用
./netloom 文件.${ext}  打开文件
./add-to-menu          把 Netloom 加入应用菜单，并用它打开 .${ext} 文件（--remove 撤销）

此文件夹可放在任意位置。运行 ./add-to-menu 之前，不会在其他位置安装任何文件。
`;

/**
 * @param {string} folder of the unpacked app
 * @param {string} icons folder with `SIZExSIZE.png`
 */
export function addDesktopFiles(folder, icons) {
  /** @param {string} path @param {string} text */
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('INSTALL.txt', note);
  write('add-to-menu', script);
  chmodSync(join(folder, 'add-to-menu'), 0o755);
  write('share/applications/netloom.desktop', entry);
  write('share/mime/packages/netloom.xml', mime);
  for (const file of readdirSync(icons).filter((each) => each.endsWith('.png'))) {
    const theme = join(folder, 'share', 'icons', 'hicolor', file.slice(0, -'.png'.length));
    cpSync(join(icons, file), join(theme, 'apps', 'netloom.png'));
    cpSync(join(icons, file), join(theme, 'mimetypes', 'application-x-netloom.png'));
  }
}
