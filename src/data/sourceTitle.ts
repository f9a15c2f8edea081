import { same, type Text } from '../text.ts';
import { DRAWN } from './drawnPoints.ts';
import { dataName, EMBEDDED } from './known.ts';
import { knownSet } from './knownSets.ts';
import { toyOf } from './toySource.ts';
import { toyTitle } from './toys.ts';

const TITLES: Readonly<Record<string, Text>> = {
  [EMBEDDED]: { en: 'MNIST, 10,000 images of handwritten digits', zh: 'MNIST，10,000 张手写数字图像' },
  [DRAWN]: { en: 'Your own points', zh: '手绘点' },
};

/** Title of a source: of a generated dataset with the settings that its source gives, of files their name. */
export function sourceTitle(source: string): Text {
  const toy = toyOf(source);
  if (toy === null) return TITLES[source] ?? same(knownSet(source)?.title ?? dataName(source));
  const { en, zh } = toyTitle(toy.name);
  const settings = source.slice(toy.name.length + 1).replaceAll(',', ', ');
  return settings === '' ? { en, zh } : { en: `${en} (${settings})`, zh: `${zh}（${settings}）` };
}
