import type { DataConfig } from '../../../src/graph/document.ts';
import { same, type Text } from '../../../src/text.ts';
import { transformOf } from '../../../src/transforms/index.ts';
import { textWith } from '../../ui/i18n/i18n.ts';
import { useDocument, useUi } from '../stores/stores.ts';

/** Titles of the transforms and the mixing that another dataset no longer has. */
export function droppedBy(before: DataConfig, after: DataConfig): readonly Text[] {
  if (after.source === before.source) return [];
  const transforms = after.transforms === undefined ? (before.transforms ?? []) : [];
  return [
    ...transforms.map(({ type }) => transformOf(type)?.title ?? same(type)),
    ...(before.mixing !== undefined && after.mixing === undefined ? [same(before.mixing.type)] : []),
  ];
}

const listed = (names: readonly Text[]): Text => ({
  en: names.map(({ en }) => en).join(', '),
  zh: names.map(({ zh }) => zh).join('、'),
});

/** Names the transforms that are removed together with the images, whichever command changed the dataset. */
export function followDropped(): void {
  useDocument.subscribe((now, before) => {
    const isUndo = now.history.future.length > before.history.future.length;
    if (now.generation !== before.generation || now.root.data === before.root.data || isUndo) return;
    const dropped = droppedBy(before.root.data, now.root.data);
    if (dropped.length === 0) return;
    const message = textWith('data.dropped', { names: listed(dropped) });
    useUi.getState().notify({ tone: 'info', about: 'data', message });
  });
}
