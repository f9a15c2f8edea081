import { layerIn } from '../../../src/check/faces.ts';
import { valueText } from '../../../src/check/fixes.ts';
import { isBlockEdit } from '../../../src/graph/blockEdits.ts';
import type { ConfigValue, Frame, NetworkDocument } from '../../../src/graph/document.ts';
import type { Edit } from '../../../src/graph/edits.ts';
import type { Step as HistoryStep } from '../../../src/graph/history.ts';
import type { Field } from '../../../src/layers/config.ts';
import { bookEdits } from '../../../src/plan/bookSettings.ts';
import { same, type Text } from '../../../src/text.ts';
import { textOf, textWith } from '../../ui/i18n/i18n.ts';
import { describeBlockEdit, ownBlockIn } from './describeBlocks.ts';
import { describeData } from './describeData.ts';

type EditOf<K extends Edit['kind']> = Extract<Edit, { kind: K }>;

/** The parts of a step that describe it. */
type Step = Pick<HistoryStep, 'before' | 'after' | 'edits'>;

const kindOf = ({ after }: Step, layer: string): Text => layerIn(after, layer)?.title ?? same(layer);
const number = (count: number): Text => same(`${count}`);

/** Names are looked up in the document after the step; for deleted items in the one before. */
const nodeIn = ({ before, after }: Step, id: string) =>
  after.nodes.find((node) => node.id === id) ?? before.nodes.find((node) => node.id === id);

function nameIn(step: Step, id: string): Text {
  const node = nodeIn(step, id);
  return node === undefined ? textOf('history.gone') : same(node.name);
}

const frameText = ({ title }: Frame): Text =>
  title === '' ? textOf('history.untitledFrame') : textWith('history.aFrame', { title: same(title) });

const annotationIn = (doc: NetworkDocument, id: string): Text | undefined => {
  if (doc.notes.some((note) => note.id === id)) return textOf('history.aNote');
  const frame = doc.frames.find((candidate) => candidate.id === id);
  return frame && frameText(frame);
};

/** The name of a single item, or the number of several items. */
function things(step: Step, ids: readonly string[]): Text {
  const [only] = ids;
  if (ids.length === 1 && only !== undefined) {
    return annotationIn(step.after, only) ?? annotationIn(step.before, only) ?? nameIn(step, only);
  }
  const layersOnly = ids.every((id) => nodeIn(step, id) !== undefined);
  return textWith(layersOnly ? 'history.layers' : 'history.things', { count: number(ids.length) });
}

function valueWords(field: Field | undefined, value: ConfigValue): Text {
  const isSize = Array.isArray(value) && field?.kind !== 'numbers';
  return isSize ? same(value.join('×')) : valueText(field, value);
}

function describeConfig(step: Step, edits: readonly EditOf<'setConfig'>[]): Text {
  const [first] = edits as [EditOf<'setConfig'>];
  const nodes = [...new Set(edits.map(({ node }) => node))];
  const keys = new Set(edits.map(({ key }) => key));
  const what = things(step, nodes);
  if (keys.size > 1) return textWith('history.setFields', { what, count: number(keys.size) });
  const field = layerIn(step.after, nodeIn(step, first.node)?.layer ?? '')?.config[first.key];
  const { en, zh } = field?.label ?? same(first.key);
  const value = valueWords(field, first.value);
  return textWith('history.setConfig', { what, field: { en: en.toLowerCase(), zh }, value });
}

function describeEdges(step: Step, edits: readonly EditOf<'connect'>[]): Text {
  const [first] = edits as [EditOf<'connect'>];
  if (edits.length > 1) return textWith('history.connectMany', { count: number(edits.length) });
  return textWith('history.connect', { from: nameIn(step, first.from.node), to: nameIn(step, first.to.node) });
}

function describeCut(step: Step, edits: readonly EditOf<'disconnect'>[]): Text {
  const ids = edits.flatMap((edit) => edit.edges);
  const edge = step.before.edges.find(({ id }) => id === ids[0]);
  if (ids.length > 1 || edge === undefined) return textWith('history.disconnectMany', { count: number(ids.length) });
  return textWith('history.disconnect', { from: nameIn(step, edge.from.node), to: nameIn(step, edge.to.node) });
}

function describeNew(step: Step, edits: readonly EditOf<'addNode' | 'insertNode'>[]): Text {
  const [first] = edits as [EditOf<'addNode' | 'insertNode'>];
  const { layer, name } = first.node;
  if (edits.length > 1) {
    return textWith('history.addNode', { what: textWith('history.layers', { count: number(edits.length) }) });
  }
  const what = textWith('history.layer', { kind: kindOf(step, layer), name: same(name) });
  const edge = first.kind === 'insertNode' && step.before.edges.find(({ id }) => id === first.edge);
  if (!edge) return textWith('history.addNode', { what });
  return textWith('history.insertNode', { what, source: nameIn(step, edge.from.node) });
}

function describeAnnotation(step: Step, { kind, ...edit }: EditOf<'setNote' | 'setFrame'>): Text {
  const item = 'note' in edit ? edit.note : edit.frame;
  const known = annotationIn(step.before, item.id) !== undefined;
  const what = kind === 'setNote' ? textOf('history.aNote') : frameText(item as Frame);
  return textWith(known ? 'history.edit' : 'history.add', { what });
}

/** Description of a step whose edits are all of one kind. */
function describeKind(step: Step, edits: readonly [Edit, ...Edit[]]): Text {
  const [first] = edits;
  const all = <K extends Edit['kind']>(...kinds: K[]) =>
    edits.filter((edit): edit is EditOf<K> => kinds.includes(edit.kind as K));
  if (first.kind === 'setOpen') {
    const ids = all('setOpen').map(({ node }) => node);
    return textWith(first.open ? 'history.openBlock' : 'history.foldBlock', { what: things(step, ids) });
  }
  if (first.kind === 'groupNodes') return textWith('history.groupNodes', { count: number(all('groupNodes').length) });
  if (isBlockEdit(first)) return describeBlockEdit(first, step, describe);
  switch (first.kind) {
    case 'addNode':
    case 'insertNode':
      return describeNew(step, all('addNode', 'insertNode'));
    case 'removeNodes': {
      const ids = all('removeNodes').flatMap(({ nodes }) => nodes);
      return textWith('history.removeNodes', { what: things(step, ids) });
    }
    case 'replaceNode': {
      const before = step.before.nodes.find(({ id }) => id === first.node.id);
      return textWith('history.replaceNode', { what: same(before?.name ?? ''), kind: kindOf(step, first.node.layer) });
    }
    case 'move': {
      const ids = [...new Set(all('move').flatMap(({ positions }) => Object.keys(positions)))];
      return textWith('history.move', { what: things(step, ids) });
    }
    case 'setPinned':
      return textWith(first.pinned ? 'history.pin' : 'history.unpin', { what: things(step, first.nodes) });
    case 'renameNode': {
      const renames = all('renameNode');
      if (renames.length > 1) {
        return textWith('history.renameNodes', { what: textWith('history.layers', { count: number(renames.length) }) });
      }
      const before = step.before.nodes.find(({ id }) => id === first.node);
      return textWith('history.renameNode', { what: same(before?.name ?? ''), name: same(first.name) });
    }
    case 'setConfig':
      return describeConfig(step, all('setConfig'));
    case 'setFrozen': {
      const ids = all('setFrozen').map(({ node }) => node);
      return textWith(first.frozen ? 'history.freeze' : 'history.unfreeze', { what: things(step, ids) });
    }
    case 'renewWeights': {
      const ids = all('renewWeights').map(({ node }) => node);
      return textWith('history.renewWeights', { what: things(step, ids) });
    }
    case 'replaceWeights': {
      const ids = all('replaceWeights').map(({ node }) => node);
      return textWith('history.replaceWeights', { what: things(step, ids) });
    }
    case 'connect':
      return describeEdges(step, all('connect'));
    case 'disconnect':
      return describeCut(step, all('disconnect'));
    case 'setRecipe':
      return textOf('history.setRecipe');
    case 'setData':
      return describeData(step.before.data, step.after.data);
    case 'addOperator':
      return textWith('history.add', { what: same(first.operator.title) });
    case 'rename':
      return textWith('history.rename', { name: same(first.name) });
    case 'setDirection':
      return textOf(`history.${first.direction}`);
    case 'setNote':
    case 'setFrame':
      return describeAnnotation(step, first);
    case 'removeAnnotations': {
      const ids = all('removeAnnotations').flatMap((edit) => edit.ids);
      return textWith('history.removeAnnotations', { what: things(step, ids) });
    }
    default:
      return first satisfies never;
  }
}

/** A step with several edits is described by the first of these kinds; the others are its consequences. */
const order: readonly Edit['kind'][] = [
  'groupNodes',
  'replaceNode',
  'insertNode',
  'addNode',
  'removeNodes',
  'setOpen',
  'setFrame',
  'setNote',
  'removeAnnotations',
  'renameNode',
  'renewWeights',
  'replaceWeights',
  'setConfig',
  'setFrozen',
  'connect',
  'disconnect',
  'setRecipe',
  'setData',
  'setDirection',
  'setPinned',
  'move',
];

/** The step gave the network all settings of the book, by more than one edit. */
const isBook = ({ before, after, edits }: Step): boolean =>
  edits.length > 1 && bookEdits(after)?.length === 0 && bookEdits(before)?.length !== 0;

/** Description of an undo step. */
export function describe(step: Step): Text {
  const own = ownBlockIn(step);
  if (own !== null) return spaced(textWith('history.ownBlock', { name: same(own.title) }));
  if (isBook(step)) return textOf('history.bookSettings');
  const rank = ({ kind }: Edit): number => (order.includes(kind) ? order.indexOf(kind) : order.length);
  const [first, ...rest] = [...step.edits].sort((a, b) => rank(a) - rank(b));
  return first === undefined ? textOf('history.change') : spaced(describeKind(step, [first, ...rest]));
}

/** In Chinese, a space separates a Chinese character from a letter or digit, but not two Chinese characters. */
const spaced = ({ en, zh }: Text): Text => ({
  en,
  zh: zh
    .replace(/(?<=\p{Script=Han}) (?=[\p{Script=Han}“])/gu, '')
    .replace(/(?<=\p{Script=Han})(?=[\p{N}\p{Script=Latin}])/gu, ' '),
});
