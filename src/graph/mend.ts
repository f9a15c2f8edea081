import type { z } from 'zod';
import type { Text } from '../text.ts';
import { emptyDocument, FARTHEST, MOST_POINTS, oneLine } from './document.ts';
import { defaultOptimizers, defaultRecipe, type OptimizerKind, optimizerTitles } from './recipe.ts';

export type Json = Readonly<Record<string, unknown>>;
type Part = Record<string, unknown>;
type Path = readonly PropertyKey[];

interface Correction {
  readonly json: Json;
  readonly remarks: readonly Text[];
}

/** A label without unreadable characters. */
const readable = (value: unknown): string => (typeof value === 'string' ? oneLine(value) : '');

const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Grid for layers without a position, below the others. */
const ROW = { gap: 120, step: 220, wide: 4 } as const;
const NOTE_SIZE = { width: 200, height: 80 };
const FRAME_SIZE = { width: 400, height: 300 };

function lowest(nodes: unknown): number {
  if (!Array.isArray(nodes)) return 0;
  const heights = nodes.map((node: unknown) => (isPart(node) && isPart(node.position) ? node.position.y : null));
  const near = heights.filter((y): y is number => typeof y === 'number' && Math.abs(y) <= FARTHEST / 2);
  return near.reduce((most, y) => Math.max(most, y), 0);
}

/** Corrects or removes the parts that a schema rejects; each change gets a remark. */
export function mend(json: Json, issues: readonly z.core.$ZodIssue[]): Correction {
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
    // Nothing refers to the id, so it can be replaced.
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

  /** Corrects the inside of a block like a network; a block without valid ports is removed. */
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

  function operator(operators: unknown[], index: number, [field]: Path): void {
    const item = operators[index];
    if (isPart(item) && field === 'title') item.title = readable(item.title);
    else drop(operators, index, noOperator(isPart(item) ? readable(item.title) : '', index));
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
      else if (key === 'operators') operator(value, index, rest);
      else annotation(value, index, rest, key === 'frames');
    } else if (key === 'recipe' && isPart(value) && index !== undefined) {
      recipe(value, [index, ...rest]);
    } else if (key === 'data' && isPart(value) && index === 'points' && Array.isArray(value.points)) {
      const [place] = rest;
      if (typeof place === 'number') drop(value.points, place, noPoint);
      else {
        value.points.length = MOST_POINTS;
        say(manyPoints);
      }
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
    // Spreading many items as arguments would exceed the stack.
    list.length = 0;
    for (const item of kept) list.push(item);
  }
  return { json: document, remarks: [...remarks.values()] };
}

const noKind = (label: string): Text => ({
  en: `Layer ${label} has no type. The layer and its connections were left out.`,
  zh: `层 ${label} 没有类型，已连同其连线略去。`,
});
const noPlace = (label: string): Text => ({
  en: `The position of layer “${label}” could not be read. The layer was placed below the others.`,
  zh: `无法读取层“${label}”的位置，已将其放在其他层下方。`,
});
const noValue = (label: string, field: string): Text => ({
  en: `“${field}” of layer “${label}” could not be read. The default is used.`,
  zh: `无法读取层“${label}”的“${field}”，已采用默认值。`,
});
const noPoint: Text = {
  en: 'Drawn points that could not be read were left out.',
  zh: '已略去无法读取的手绘点。',
};
const manyPoints: Text = {
  en: `The file has more than ${MOST_POINTS} drawn points. The first ${MOST_POINTS} were kept.`,
  zh: `文件中的手绘点超过 ${MOST_POINTS} 个，已保留前 ${MOST_POINTS} 个。`,
};
const noId = (label: string): Text => ({
  en: `Layer “${label}” has no id, so its connections are lost. Reconnect it.`,
  zh: `层“${label}”没有 id，连线已丢失。请重新连接。`,
});
const noName = (label: string): Text => ({
  en: `Layer ${label} has no name. It was given a new one.`,
  zh: `层 ${label} 没有名称，已为其命名。`,
});
const otherName = (name: string): Text => ({
  en: `A name contained invisible characters or was too long. It is now “${name}”.`,
  zh: `有名称含不可见的字符或过长，现改为“${name}”。`,
});
const noBlock = (title: string, index: number): Text => ({
  en: `Block ${title === '' ? `#${index + 1}` : `“${title}”`} could not be read and was left out.`,
  zh: `无法读取块${title === '' ? ` #${index + 1}` : `“${title}”`}，已略去。`,
});
const noOperator = (title: string, index: number): Text => ({
  en: `ONNX operator ${title === '' ? `#${index + 1}` : `“${title}”`} could not be read and was left out.`,
  zh: `无法读取 ONNX 算子${title === '' ? ` #${index + 1}` : `“${title}”`}，已略去。`,
});
const noEnds = (index: number): Text => ({
  en: `Connection #${index + 1} has no start or end and was left out.`,
  zh: `连线 #${index + 1} 没有起点或终点，已略去。`,
});
const noNote = (index: number): Text => ({
  en: `Note #${index + 1} could not be read and was left out.`,
  zh: `无法读取便签 #${index + 1}，已略去。`,
});
const noFrame = (index: number): Text => ({
  en: `Frame #${index + 1} could not be read and was left out.`,
  zh: `无法读取分组框 #${index + 1}，已略去。`,
});
const noPart = (key: string): Text => ({
  en: `“${key}” is missing or could not be read. The value of an empty network is used.`,
  zh: `缺少“${key}”或无法读取，已采用空网络的值。`,
});
const usualValue = (field: string, value: unknown): Text =>
  value === undefined
    ? { en: `“${field}” could not be read and was left out.`, zh: `无法读取“${field}”，已略去。` }
    : {
        en: `“${field}” could not be read. The default, ${shown(value)}, is used; check it before training.`,
        zh: `无法读取“${field}”，已采用默认值 ${shown(value)}。训练前请检查。`,
      };
const otherOptimizer = (kind: string): Text => {
  const usual = optimizerTitles[defaultRecipe.optimizer.kind];
  return {
    en: `Unknown optimizer “${kind}”. Using ${usual} with default settings instead; check this before training.`,
    zh: `未知优化器“${kind}”，已改用默认设置的 ${usual}。训练前请检查。`,
  };
};

const shown = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
