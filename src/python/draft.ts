import { blocks as builtIn } from '../blocks/index.ts';
import type { CheckedNode, CheckResult, InsideReport, NodeReport } from '../check/checkedGraph.ts';
import { readWiring } from '../check/order.ts';
import {
  type BlockDefinition,
  blockIdOf,
  type DocumentNode,
  type Edge,
  type NetworkDocument,
} from '../graph/document.ts';
import { INPUT_PORT, isPortLayer, OUTPUT_PORT } from '../graph/insideDrawing.ts';
import { isInput } from '../layers/input.ts';
import type { Construction, LayerForm, Part } from './construction.ts';
import { forwardLines, type Line, type Statement } from './forwardLines.ts';
import { Names } from './names.ts';
import { literal } from './values.ts';

/** A library of Python: its layers and its names. */
export interface Library {
  /** The form of a checked layer; ONNX operators have none. */
  readonly form: (layer: CheckedNode) => LayerForm;
  /** Names that no member may have. */
  readonly reservedMembers: readonly string[];
  /** Names that no argument or variable may have. */
  readonly reserved: readonly string[];
  /** Identifier of a layer or block, from its name on the canvas. */
  readonly memberName: (name: string, otherwise: string) => string;
  /** Identifier of the class or function of a block, from its title. */
  readonly unitName: (title: string, otherwise: string) => string;
}

/** A layer of the drawing and its object: names from the draft on, as on the canvas (`stage1/conv1`) and as members. */
export interface Leaf {
  readonly path: string;
  readonly members: readonly string[];
  readonly layer: CheckedNode;
}

/** A part of the network: one object of the library, or blocks, one after the other if they are several. */
export type Member = { readonly attribute: string } & (
  | { readonly made: Construction }
  | { readonly blocks: readonly CopyRun[]; readonly isSequence: boolean }
);

/** `count` equal copies of a block. */
export interface CopyRun {
  readonly draft: Draft;
  readonly count: number;
}

/** One level of the network as a class or function of its own; units.ts finds those that are the same. */
export interface Draft {
  /** Wanted name of the class or function. */
  readonly title: string;
  readonly members: readonly Member[];
  readonly arguments_: readonly string[];
  readonly lines: readonly Line[];
  readonly leaves: readonly Leaf[];
  /** Equal for drafts that differ in the values of arguments only. */
  readonly shape: string;
  /** Equal for equal drafts. */
  readonly key: string;
}

interface Level {
  readonly drawing: Pick<NetworkDocument, 'nodes' | 'edges'>;
  readonly check: CheckResult;
}

interface Context {
  readonly library: Library;
  readonly definitions: readonly BlockDefinition[];
}

/** The network as a draft. Several outputs are a dictionary by their names. */
export function networkDraft(document: NetworkDocument, check: CheckResult, library: Library): Draft {
  const context = { library, definitions: document.blocks };
  return draftOf({ drawing: document, check }, library.unitName(document.name, 'Network'), context);
}

const blockTitle = (layer: string, { library, definitions }: Context): string => {
  const own = definitions.find(({ id }) => id === blockIdOf(layer))?.title;
  return library.unitName(own ?? builtIn.find(({ type }) => type === layer)?.title.en ?? layer, 'Block');
};

const insideDraft = ({ drawing, check }: InsideReport, title: string, context: Context): Draft =>
  draftOf({ drawing, check }, title, context);

const isOutput = (layer: CheckedNode | undefined): boolean => layer?.layer.output !== undefined;

function draftOf({ drawing, check }: Level, title: string, context: Context): Draft {
  const { reserved, reservedMembers, memberName, form: formOf } = context.library;
  const { order: ranked, into, outOf } = readWiring(drawing, () => true);
  const nodes = new Map(drawing.nodes.map((node) => [node.id, node]));
  const layers = new Map((check.graph?.nodes ?? []).map((layer) => [layer.node.id, layer]));
  const exits = drawing.nodes.filter(({ id, layer }) => layer === OUTPUT_PORT || isOutput(layers.get(id)));
  const order = pathByPath(
    into,
    exits.map(({ id }) => id),
  );
  const names = new Names(reservedMembers);
  const members: Member[] = [];
  const leaves: Leaf[] = [];
  const statements: Statement[] = [];

  const isEntry = ({ layer }: DocumentNode) => isInput(layer) || layer === INPUT_PORT;
  const entries = ranked.map((id) => nodes.get(id) as DocumentNode).filter(isEntry);
  const variables = new Names(reserved);
  const arguments_ = new Map(
    entries.map(({ id, name }) => [`${id}:y`, entries.length === 1 ? 'x' : variables.take(memberName(name, 'input'))]),
  );

  const sources = (id: string, ports: readonly string[]): string[] =>
    ports.map((port) => {
      const from = into.get(id)?.get(port)?.from;
      return `${from?.node}:${from?.port}`;
    });

  const drafts = new Map<string, readonly Draft[]>();
  for (const [id, report] of check.nodes) {
    const title = blockTitle(report.layer, context);
    if (report.inside !== null)
      drafts.set(
        id,
        report.inside.map((inside) => insideDraft(inside, title, context)),
      );
  }
  const merged = chains(order, nodes, drafts, check, (id) => {
    const next = [...new Set((outOf.get(id) ?? []).map(({ to }) => to.node))];
    return next.length === 1 ? (next[0] as string) : null;
  });

  const done = new Set<string>();
  for (const id of order) {
    const node = nodes.get(id) as DocumentNode;
    if (done.has(id) || isPortLayer(node.layer)) continue;
    const copies = drafts.get(id);
    if (copies !== undefined) {
      const chain = merged.get(id) ?? [id];
      for (const each of chain) done.add(each);
      addBlocks(chain, copies);
      continue;
    }
    const layer = layers.get(id) as CheckedNode;
    const form = formOf(layer);
    // A network with layers that are missing in the library is refused before.
    if (form.kind === 'port' || form.kind === 'missing') continue;
    const takes = sources(id, Object.keys(layer.inputs));
    const gives = Object.keys(layer.outputs).map((port) => `${id}:${port}`);
    if (form.kind === 'expression') statements.push({ takes, gives, by: form.of });
    else addObjects(layer, form.parts, takes, gives);
  }

  /** Adds the objects that compute a layer one after the other. */
  function addObjects(layer: CheckedNode, parts: readonly Part[], takes: readonly string[], gives: readonly string[]) {
    const { node } = layer;
    const attribute = names.take(memberName(node.name, layer.layer.type));
    parts.forEach(({ suffix, made }, i) => {
      const member = suffix === '' ? attribute : names.take(`${attribute}_${suffix}`);
      const between = (at: number): string => `${node.id}:${layer.layer.type}/${at}`;
      members.push({ attribute: member, made });
      statements.push({
        takes: i === 0 ? takes : [between(i)],
        gives: i === parts.length - 1 ? gives : [between(i + 1)],
        by: member,
      });
    });
    leaves.push({ path: node.name, members: [attribute], layer });
  }

  /** Adds the blocks of a chain of nodes, or the copies of one node, as one member. */
  function addBlocks(chain: readonly string[], copies: readonly Draft[]): void {
    const [first = '', last = ''] = [chain[0], chain.at(-1)];
    const { name, layer, repeat = 1 } = nodes.get(first) as DocumentNode;
    const isSequence = chain.length > 1 || repeat > 1;
    const attribute = names.take(memberName(chain.length > 1 ? `${stemOf(name).stem}s` : name, layer));
    const all = chain.length > 1 ? chain.flatMap((id) => drafts.get(id) as readonly Draft[]) : copies;
    members.push({ attribute, blocks: runsOf(all), isSequence });
    all.forEach((draft, i) => {
      const path =
        chain.length > 1 ? (nodes.get(chain[i] as string)?.name as string) : repeat > 1 ? `${name}/${i + 1}` : name;
      const outer = isSequence ? [attribute, `${i}`] : [attribute];
      for (const leaf of draft.leaves) {
        leaves.push({ ...leaf, path: `${path}/${leaf.path}`, members: [...outer, ...leaf.members] });
      }
    });
    const ports = check.nodes.get(first) as NodeReport;
    const end = check.nodes.get(last) as NodeReport;
    statements.push({
      takes: sources(first, Object.keys(ports.inputs)),
      gives: Object.keys(end.outputs).map((port) => `${last}:${port}`),
      by: attribute,
    });
  }

  const results = exits.map(({ id }) => sources(id, ['x'])[0] as string);
  const isNetwork = exits.some(({ layer }) => layer !== OUTPUT_PORT);
  const returned = (values: readonly string[]): string => {
    if (values.length === 1) return values[0] as string;
    if (!isNetwork) return values.join(', ');
    return `{${exits.map(({ name }, i) => `${literal(name)}: ${values[i]}`).join(', ')}}`;
  };
  const lines = forwardLines(statements, arguments_, results, returned);
  const shape = JSON.stringify([title, [...arguments_.values()], lines, members.map(shapeOf)]);
  const key = JSON.stringify([shape, members.map(valuesOf)]);
  return { title, members, arguments_: [...arguments_.values()], lines, leaves, shape, key };
}

/**
 * The nodes in data order, path by path: everything that leads to the first input of a node, then all that leads to its
 * second. Nodes that lead to no exit are left out, as in the checked graph.
 */
function pathByPath(into: ReadonlyMap<string, ReadonlyMap<string, Edge>>, exits: readonly string[]): readonly string[] {
  const order = new Set<string>();
  // An explicit stack, because chains may be as deep as the limit on layers.
  const stack = exits.toReversed();
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (order.has(id)) continue;
    const before = portsInOrder(into.get(id)).filter((source) => !order.has(source));
    if (before.length === 0) order.add(id);
    else stack.push(id, ...before.toReversed());
  }
  return [...order];
}

const portsInOrder = (ports: ReadonlyMap<string, Edge> = new Map()): string[] =>
  [...ports].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })).map(([, edge]) => edge.from.node);

const shapeOf = (member: Member) => {
  if ('made' in member) return [member.attribute, member.made.callee, member.made.args.map(({ name }) => name)];
  const blocks = member.blocks.map(({ draft, count }) => [draft.shape, count > 1]);
  return [member.attribute, blocks, member.isSequence];
};

const valuesOf = (member: Member) =>
  'made' in member
    ? member.made.args.map(({ value }) => value)
    : member.blocks.map(({ draft, count }) => [draft.key, count]);

/** Equal neighbors as one entry. */
function runsOf(drafts: readonly Draft[]): readonly CopyRun[] {
  const runs: { draft: Draft; count: number }[] = [];
  for (const draft of drafts) {
    const last = runs.at(-1);
    if (last !== undefined && last.draft.key === draft.key) last.count++;
    else runs.push({ draft, count: 1 });
  }
  return runs;
}

/** `block12` as stem and number. */
function stemOf(name: string): { readonly stem: string; readonly number: number } {
  const [, stem = name, digits = ''] = /^(.*?\D)(\d{1,6})$/.exec(name) ?? [];
  return { stem, number: digits === '' ? Number.NaN : Number(digits) };
}

/**
 * Chains of equal blocks with consecutive names (`block2`, `block3`, …), each of which is only connected to the next: they
 * become one member, by the id of the first.
 */
function chains(
  order: readonly string[],
  nodes: ReadonlyMap<string, DocumentNode>,
  drafts: ReadonlyMap<string, readonly Draft[]>,
  check: CheckResult,
  nextOf: (id: string) => string | null,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const used = new Set<string>();
  const isLink = (id: string): boolean => {
    const report = check.nodes.get(id);
    const ports = [report?.inputs ?? {}, report?.outputs ?? {}];
    return drafts.get(id)?.length === 1 && ports.every((shapes) => Object.keys(shapes).length === 1);
  };
  for (const first of order) {
    if (used.has(first) || !isLink(first)) continue;
    const chain = [first];
    for (;;) {
      const last = chain.at(-1) as string;
      const next = nextOf(last);
      if (next === null || !isLink(next)) break;
      const [a, b] = [last, next].map((id) => stemOf((nodes.get(id) as DocumentNode).name));
      const follows = a !== undefined && b !== undefined && a.stem === b.stem && a.number + 1 === b.number;
      if (!follows || drafts.get(last)?.[0]?.key !== drafts.get(next)?.[0]?.key) break;
      chain.push(next);
    }
    for (const id of chain) used.add(id);
    if (chain.length > 1) found.set(first, chain);
  }
  return found;
}
