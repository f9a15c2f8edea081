import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { templates } from '../../templates/index.ts';
import { check } from '../check/check.ts';
import { emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { applyEdits } from '../graph/edits.ts';
import { readProject } from '../graph/file.ts';
import { planOpen } from '../layout/makeRoom.ts';
import { sizesIn } from '../layout/size.ts';
import { colors, pictureThemes } from './pictureTheme.ts';
import { defaultPicture, drawSvg, type PictureOptions } from './svg.ts';

const draw = (document: NetworkDocument, options: Partial<PictureOptions> = {}): string =>
  drawSvg(document, check(document), { ...defaultPicture, ...options });

interface XmlElement {
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
}
interface XmlDocument {
  readonly documentElement: XmlElement | null;
  getElementsByTagName(name: string): ArrayLike<XmlElement>;
}
// By require: its types would bring those of the DOM into everything that is checked with Node's.
const { DOMParser } = createRequire(import.meta.url)('@xmldom/xmldom') as {
  readonly DOMParser: new (options: object) => { parseFromString(xml: string, type: string): XmlDocument };
};

/** Throws for anything that is not well-formed. */
function parse(svg: string): XmlDocument {
  const stop = (message: string): never => {
    throw new Error(message);
  };
  const errorHandler = { warning: stop, error: stop, fatalError: stop };
  return new DOMParser({ errorHandler }).parseFromString(svg, 'image/svg+xml');
}

const textsOf = (svg: string): string[] =>
  Array.from(parse(svg).getElementsByTagName('text')).map(({ textContent }) => textContent ?? '');

const read = (svg: string): NetworkDocument => readProject(new TextEncoder().encode(svg), 'picture.svg').document;

const lenet = templates[0]?.document as NetworkDocument;
const wild: NetworkDocument = {
  ...lenet,
  name: `<a> & "b" 'c' ]]> \u{1f600} 网络`,
  nodes: lenet.nodes.map((node, index) => (index === 0 ? { ...node, name: '<&"\'>\ufffe' } : node)),
  notes: [{ id: 'n', text: '1 < 2 & 3\n卷积层', position: { x: -300, y: 10 }, size: { width: 200, height: 80 } }],
  frames: [
    { id: 'f', title: '<b>', position: { x: -20, y: -40 }, size: { width: 300, height: 200 }, colour: 'purple' },
  ],
};

describe.each(templates)('$id', ({ document }) => {
  test.each(['en', 'zh'] as const)('has every name, kind and shape in %s', (language) => {
    const texts = textsOf(draw(document, { language }));
    for (const { name } of document.nodes) expect(texts).toContain(name);
    for (const { outputs } of check(document).nodes.values())
      for (const shape of Object.values(outputs)) expect(texts).toContain(shape.join('×'));
  });

  test('opens as the same document', () => expect(read(draw(document))).toEqual(document));
});

test.each(pictureThemes)('%s: characters that XML does not allow are escaped, and read back', (theme) => {
  const svg = draw(wild, { theme });
  expect(textsOf(svg)).toContain('1 < 2 & 3');
  expect(parse(svg).getElementsByTagName('title')[0]?.textContent).toContain('<a> & "b"');
  expect(read(svg)).toEqual(wild);
});

test('a thumbnail has no text, and an image without shapes has none on its connections', () => {
  expect(textsOf(draw(wild, { detail: 'thumbnail' }))).toEqual([]);
  const count = (svg: string) => textsOf(svg).filter((text) => text === '6×28×28').length;
  expect(count(draw(lenet))).toBe(4);
  expect(count(draw(lenet, { shapes: false }))).toBe(2);
});

test('a part of the network has its inner connections', () => {
  const only = new Set(lenet.nodes.slice(0, 2).map(({ id }) => id));
  const texts = textsOf(draw(lenet, { only }));
  expect(texts).toContain(lenet.nodes[1]?.name);
  expect(texts).not.toContain(lenet.nodes[2]?.name);
  expect(texts.filter((text) => text === '1×28×28')).toHaveLength(3);
});

test('everything drawn lies inside the image', () => {
  const root = parse(draw(wild)).documentElement;
  const [x, y, width, height] = (root?.getAttribute('viewBox') ?? '').split(' ').map(Number) as [
    number,
    number,
    number,
    number,
  ];
  expect(x).toBeLessThanOrEqual(-300);
  expect(y).toBeLessThanOrEqual(-40);
  for (const { position } of wild.nodes) {
    expect(position.x + 176).toBeLessThanOrEqual(x + width);
    expect(position.y + 68).toBeLessThanOrEqual(y + height);
  }
  expect(root?.getAttribute('width')).toBe(String(width));
});

test('an empty network and one with errors are drawn', () => {
  expect(textsOf(draw(emptyDocument))).toEqual([]);
  const broken = {
    ...lenet,
    nodes: lenet.nodes.map((node, index) => (index === 2 ? { ...node, layer: 'new' } : node)),
  };
  expect(textsOf(draw(broken))).toContain('new');
});

test('the colors are those of the window', () => {
  const css = readFileSync('renderer/ui/theme/theme.css', 'utf8');
  const [light = '', dark = ''] = css.split(':root[data-theme="dark"]');
  const colorIn = (part: string, name: string) => new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(part)?.[1];
  const names = { canvas: 'canvas', card: 'card', 'line-strong': 'line', edge: 'edge', text: 'text', muted: 'muted' };
  for (const [name, key] of Object.entries(names)) {
    expect(colors.light[key as 'canvas']).toBe(colorIn(light, name));
    expect(colors.dark[key as 'canvas']).toBe(colorIn(dark, name));
  }
  for (const [category, color] of Object.entries(colors.light.category)) {
    if (category === 'unknown') continue;
    expect(color).toBe(colorIn(light, `category-${category}`));
    const inDark = colorIn(dark, `category-${category}`) ?? color;
    expect(colors.dark.category[category as 'io']).toBe(inDark);
  }
});

describe('expanded blocks', () => {
  const resnet = templates.find(({ id }) => id === 'resnet18_d2l')?.document as NetworkDocument;
  const opened = applyEdits(resnet, planOpen(resnet, check(resnet), ['stage2'], true));

  test('are drawn with their inside, the others as cards', () => {
    const [closed, open] = [textsOf(draw(resnet)), textsOf(draw(opened))];
    expect(closed).not.toContain('block1');
    expect(open.filter((text) => text === 'block1')).toHaveLength(1);
    expect(open).toContain('stage2');
    expect(open.filter((text) => text === '295,680 p')).toHaveLength(1);
  });

  test('show their number of copies', () => {
    const repeated = applyEdits(opened, [{ kind: 'setRepeat', node: 'stage2', repeat: 3 }]);
    expect(textsOf(draw(repeated)).some((text) => text.endsWith(' ×3'))).toBe(true);
  });

  test('keep everything drawn inside the image', () => {
    const [, x, y, width, height] = /viewBox="(\S+) (\S+) (\S+) (\S+)"/.exec(draw(opened))?.map(Number) ?? [];
    const sizeOf = sizesIn(opened, check(opened));
    for (const node of opened.nodes) {
      const size = sizeOf(node);
      expect(node.position.x).toBeGreaterThanOrEqual(x as number);
      expect(node.position.y).toBeGreaterThanOrEqual(y as number);
      expect(node.position.x + size.width).toBeLessThanOrEqual((x as number) + (width as number));
      expect(node.position.y + size.height).toBeLessThanOrEqual((y as number) + (height as number));
    }
  });
});
