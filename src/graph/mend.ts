import type { z } from 'zod';
import type { Text } from '../text.ts';
import { emptyDocument, FARTHEST, oneLine } from './document.ts';
import { defaultOptimizers, defaultRecipe, type OptimizerKind, optimizerTitles } from './recipe.ts';

export type Json = Readonly<Record<string, unknown>>;
type Part = Record<string, unknown>;
type Path = readonly PropertyKey[];

interface Mended {
  readonly json: Json;
  readonly remarks: readonly Text[];
}

/** A label without what cannot be read in it. */
const readable = (value: unknown): string => (typeof value === 'string' ? oneLine(value) : '');

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Layers whose place is lost stand below the others, one beside the other. */
const ROW = { gap: 120, step: 220, wide: 4 } as const;
const NOTE_SIZE = { width: 200, height: 80 };
const FRAME_SIZE = { width: 400, height: 300 };

function lowest(nodes: unknown): number {
  if (!Array.isArray(nodes)) return 0;
  const heights = nodes.map((node: unknown) => (isPart(node) && isPart(node.position) ? node.position.y : null));
  const near = heights.filter((y): y is number => typeof y === 'number' && Math.abs(y) <= FARTHEST / 2);
  return near.reduce((most, y) => Math.max(most, y), 0);
}

/** Sets right or takes out what a schema objects to; every change comes with a remark. */
export function mend(json: Json, issues: readonly z.core.$ZodIssue[]): Mended {
  const document = JSON.parse(JSON.stringify(json)) as Part;
  const remarks = new Map<string, Text>();
  const gone = new Map<unknown[], Set<number>>();
  const say = (text: Text): unknown => remarks.set(text.en, text);
  let placed = 0;

  const drop = (list: unknown[], index: number, text: Text): void => {
    gone.set(list, (gone.get(list) ?? new Set()).add(index));
    say(text);
  };
  const below = lowest(document.nodes);

  function node(nodes: unknown[], index: number, [field, key]: Path): void {
    const item = nodes[index];
    const label = (isPart(item) && readable(item.name)) || `#${index + 1}`;
    if (!isPart(item) || typeof item.layer !== 'string' || item.layer === '') {
      drop(nodes, index, noKind(label));
    } else if (field === 'position') {
      const line = Math.floor(placed / ROW.wide);
      item.position = { x: (placed % ROW.wide) * ROW.step, y: below + (line + 1) * ROW.gap };
      placed++;
      say(noPlace(label));
    } else if (field === 'config' && key !== undefined && isPart(item.config)) {
      delete item.config[String(key)];
      say(noValue(label, `config.${String(key)}`));
    } else if (field === 'config') {
      item.config = {};
      say(noValue(label, 'config'));
    } else if (field === 'name' && readable(item.name) !== '') {
      item.name = readable(item.name);
      say(otherName(readable(item.name)));
    } else if (field === 'id' || field === 'name') {
      item[field] = `${String(item.layer)}-${index + 1}`;
      say(field === 'id' ? noId(label) : noName(label));
    } else {
      delete item[String(field)];
      say(noValue(label, String(field)));
    }
  }

  function edge(edges: unknown[], index: number, [field]: Path): void {
    const item = edges[index];
    // An id says nothing to anyone: a new one is as good.
    if (isPart(item) && field === 'id') item.id = `edge-${index + 1}`;
    else drop(edges, index, noEnds(index));
  }

  function annotation(list: unknown[], index: number, [field]: Path, frame: boolean): void {
    const item = list[index];
    if (isPart(item) && field === 'id') item.id = `${frame ? 'frame' : 'note'}-${index + 1}`;
    else if (isPart(item) && field === 'size') item.size = frame ? FRAME_SIZE : NOTE_SIZE;
    else if (isPart(item) && field === 'colour') item.colour = 'grey';
    else if (isPart(item) && (field === 'title' || field === 'text')) item[field] = readable(item[field]);
    else drop(list, index, frame ? noFrame(index) : noNote(index));
  }

  /** What is inside a block is mended like a network; a block without sound ports is none. */
  function block(blocks: unknown[], index: number, [field, inner, ...rest]: Path): void {
    const item = blocks[index];
    const list = isPart(item) ? item[String(field)] : undefined;
    if (isPart(item) && field === 'title') item.title = readable(item.title);
    else if (Array.isArray(list) && typeof inner === 'number' && field === 'nodes') node(list, inner, rest);
    else if (Array.isArray(list) && typeof inner === 'number' && field === 'edges') edge(list, inner, rest);
    else if (Array.isArray(list) && typeof inner === 'number' && (field === 'notes' || field === 'frames')) {
      annotation(list, inner, rest, field === 'frames');
    } else drop(blocks, index, noBlock(isPart(item) ? readable(item.title) : '', index));
  }

  function recipe(whole: Part, [field, inner]: Path): void {
    const name = String(field);
    if (name === 'optimizer' && isPart(whole.optimizer)) {
      const { kind } = whole.optimizer;
      const known = typeof kind === 'string' && Object.hasOwn(defaultOptimizers, kind);
      if (known && inner !== undefined && inner !== 'kind') {
        const usual: Json = defaultOptimizers[kind as OptimizerKind];
        if (Object.hasOwn(usual, inner)) whole.optimizer[String(inner)] = usual[String(inner)];
        else delete whole.optimizer[String(inner)];
        say(usualValue(`recipe.optimizer.${String(inner)}`, usual[String(inner)]));
        return;
      }
      whole.optimizer = defaultRecipe.optimizer;
      say(otherOptimizer(typeof kind === 'string' ? kind : '?'));
      return;
    }
    const usual = (defaultRecipe as Json)[name];
    if (usual === undefined) delete whole[name];
    else whole[name] = usual;
    say(usualValue(`recipe.${name}`, usual));
  }

  for (const { path } of issues) {
    const [part, index, ...rest] = path;
    const key = String(part);
    const value = document[key];
    if (Array.isArray(value) && typeof index === 'number') {
      if (key === 'nodes') node(value, index, rest);
      else if (key === 'edges') edge(value, index, rest);
      else if (key === 'blocks') block(value, index, rest);
      else annotation(value, index, rest, key === 'frames');
    } else if (key === 'recipe' && isPart(value) && index !== undefined) {
      recipe(value, [index, ...rest]);
    } else if (key === 'data' && isPart(value) && index !== undefined) {
      const usual = (emptyDocument.data as Json)[String(index)];
      value[String(index)] = usual;
      say(usualValue(`data.${String(index)}`, usual));
    } else if (key === 'name' && typeof value === 'string') {
      document.name = readable(value);
      say(otherName(readable(value)));
    } else {
      document[key] = (emptyDocument as Json)[key];
      say(noPart(key));
    }
  }
  for (const [list, indices] of gone) {
    const kept = list.filter((_, index) => !indices.has(index));
    // A spread of many items would not fit on the stack.
    list.length = 0;
    for (const item of kept) list.push(item);
  }
  return { json: document, remarks: [...remarks.values()] };
}

const noKind = (label: string): Text => ({
  en: `Layer ${label} does not say what kind it is: it was left out, with its connections.`,
  zh: `层 ${label} 没有写明类型：已连同连线略去。`,
});
const noPlace = (label: string): Text => ({
  en: `Layer '${label}' has no readable position: it stands below the others.`,
  zh: `层“${label}”没有可读的位置：已放在其他层的下方。`,
});
const noValue = (label: string, field: string): Text => ({
  en: `'${field}' of layer '${label}' could not be read and was left out: the default applies.`,
  zh: `无法读取层“${label}”的“${field}”，已略去：采用默认值。`,
});
const noId = (label: string): Text => ({
  en: `Layer '${label}' has no id: its connections are lost. Connect it anew.`,
  zh: `层“${label}”没有 id：连线已丢失。请重新连接。`,
});
const noName = (label: string): Text => ({
  en: `Layer ${label} has no name: it was given one.`,
  zh: `层 ${label} 没有名称：已为它取名。`,
});
const otherName = (name: string): Text => ({
  en: `A name held characters that cannot be shown, or too many: it is '${name}' now.`,
  zh: `有名称含无法显示的字符，或过长：现改为“${name}”。`,
});
const noBlock = (title: string, index: number): Text => ({
  en: `Block ${title === '' ? `#${index + 1}` : `'${title}'`} could not be read and was left out.`,
  zh: `无法读取块${title === '' ? ` #${index + 1}` : `“${title}”`}，已略去。`,
});
const noEnds = (index: number): Text => ({
  en: `Connection #${index + 1} does not say where it starts and ends: it was left out.`,
  zh: `连线 #${index + 1} 没有写明起点和终点：已略去。`,
});
const noNote = (index: number): Text => ({
  en: `Note #${index + 1} could not be read and was left out.`,
  zh: `无法读取注释 #${index + 1}，已略去。`,
});
const noFrame = (index: number): Text => ({
  en: `Frame #${index + 1} could not be read and was left out.`,
  zh: `无法读取分组框 #${index + 1}，已略去。`,
});
const noPart = (key: string): Text => ({
  en: `'${key}' is missing or could not be read: it is as in an empty network.`,
  zh: `缺少“${key}”或无法读取：采用空网络的内容。`,
});
const usualValue = (field: string, value: unknown): Text =>
  value === undefined
    ? { en: `'${field}' could not be read and was left out.`, zh: `无法读取“${field}”，已略去。` }
    : {
        en: `'${field}' could not be read: it is ${shown(value)}, the default. Look at it before training.`,
        zh: `无法读取“${field}”：采用默认值 ${shown(value)}。训练前请检查。`,
      };
const otherOptimizer = (kind: string): Text => {
  const usual = optimizerTitles[defaultRecipe.optimizer.kind];
  return {
    en: `The optimizer '${kind}' is not known here: it is ${usual} with its defaults. Choose one before training.`,
    zh: `不认识优化器“${kind}”：改用默认设置的 ${usual}。训练前请重新选择。`,
  };
};

const shown = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
