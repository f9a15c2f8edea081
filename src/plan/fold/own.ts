import {
  type BlockDefinition,
  blockIdOf,
  blockLayer,
  type Config,
  type DocumentNode,
  type EdgeEnd,
} from '../../graph/document.ts';
import { edgeId } from '../../graph/edges.ts';
import { freshName } from '../../graph/freshName.ts';
import { add } from '../../layers/add.ts';
import { concat } from '../../layers/concat.ts';
import type { Field } from '../../layers/config.ts';
import { mul } from '../../layers/mul.ts';
import type { Language } from '../../text.ts';
import { type ChosenSetting, exposedOf } from '../exposable.ts';
import { isBlock, type Part, structureOf } from './parts.ts';
import { type Piece, pieceOf, regionText } from './pieces.ts';
import type { PartGraph, Region } from './regions.ts';

/** Max number of regions in a repeated unit. */
const LONGEST = 64;
/** A block of fewer parts hides more than it shows. */
const LEAST_PARTS = 3;
/** Nodes that a block has to save, those of its definition counted. */
const LEAST_SAVED = 4;

interface Place {
  readonly sequence: readonly Region[];
  readonly start: number;
}
interface Unit {
  readonly places: readonly Place[];
  readonly length: number;
  /** Number of parts. */
  readonly size: number;
}

/**
 * The pieces of the unit that is repeated most, measured by the nodes it saves per node of its definition; null if no block
 * is worth it. With `joined`, only units with branches.
 */
export function repeatedUnit(graph: PartGraph, joined: boolean): readonly Piece[] | null {
  let best: Unit | null = null;
  for (const unit of unitsOf(graph.sequences)) {
    const first = unit.places[0] as Place;
    const regions = first.sequence.slice(first.start, first.start + unit.length);
    if (joined && regions.every(({ parts }) => parts.size === 1)) continue;
    // A sequence of blocks is clearer as it is.
    if (regions.some(({ exit }) => blockIdOf(exit.layer) !== null)) continue;
    if (!regions.some(({ parts }) => [...parts].some(hasWeights))) continue;
    const count = unit.places.length;
    if (unit.size < LEAST_PARTS || (count - 1) * (unit.size - 1) - 1 < LEAST_SAVED) continue;
    if (best === null || isBetter(unit, best)) best = unit;
  }
  if (best === null) return null;
  const { length, places } = best;
  const pieces = places.flatMap(({ sequence, start }) => pieceOf(graph, sequence, start, start + length) ?? []);
  return pieces.length > 1 ? pieces : null;
}

const gain = ({ places: { length: count }, size }: Unit): number => (size * count - count - size) / size;

/** False for layers that are known to have no parameters. */
const hasWeights = (part: Part): boolean => part.def === null || part.def.params !== undefined || isBlock(part);

/** The unit with the greater gain; of rotations of a periodic sequence, one that does not begin with an activation. */
function isBetter(unit: Unit, best: Unit): boolean {
  const more = gain(unit) - gain(best);
  return Math.abs(more) > 1e-9 ? more > 0 : beginsLayer(unit) && !beginsLayer(best);
}

function beginsLayer({ places: [place] }: Unit): boolean {
  const category = place?.sequence[place.start]?.exit.def?.category;
  return category !== 'activation' && category !== 'regularization';
}

/** All stretches of equal structure, shortest first. Stretches that overlap are no unit: they are made of a shorter one. */
function* unitsOf(sequences: readonly (readonly Region[])[]): Generator<Unit> {
  const symbols = new Map<string, number>();
  const symbolOf = (text: string): number => {
    const known = symbols.get(text) ?? symbols.size;
    symbols.set(text, known);
    return known;
  };
  const letters = new Map(
    sequences.map((each) => [each, each.map((region) => symbolOf(regionText(region, structureOf)))]),
  );
  let classes: readonly (readonly Place[])[] = [
    sequences.flatMap((sequence) => sequence.map((_, start) => ({ sequence, start }))),
  ];
  for (let length = 1; length <= LONGEST && classes.length > 0; length++) {
    const longer: Place[][] = [];
    for (const places of classes) {
      const byLetter = new Map<number, Place[]>();
      for (const place of places) {
        const letter = letters.get(place.sequence)?.[place.start + length - 1];
        if (letter === undefined) continue;
        const same = byLetter.get(letter);
        if (same === undefined) byLetter.set(letter, [place]);
        else same.push(place);
      }
      for (const same of byLetter.values()) if (same.length > 1) longer.push(same);
    }
    classes = longer;
    for (const places of classes) {
      if (!overlap(places, length)) yield { places, length, size: sizeOf(places[0] as Place, length) };
    }
  }
}

const overlap = (places: readonly Place[], length: number): boolean =>
  places.some(({ sequence, start }, i) => {
    const before = places[i - 1];
    return before?.sequence === sequence && start - before.start < length;
  });

const sizeOf = ({ sequence, start }: Place, length: number): number =>
  sequence.slice(start, start + length).reduce((sum, { parts }) => sum + parts.size, 0);

/** A block of the document for pieces of equal structure. */
export interface OwnBlock {
  readonly definition: BlockDefinition;
  /** Names of the parts inside, in data order. */
  readonly names: readonly string[];
  /** Settings of each piece. */
  readonly configs: readonly Config[];
}

export function ownBlock(
  pieces: readonly Piece[],
  language: Language,
  taken: { readonly ids: ReadonlySet<string>; readonly titles: ReadonlySet<string> },
): OwnBlock {
  const [{ parts, entry, exit }] = pieces as [Piece];
  const names: string[] = [];
  for (const { def } of parts) names.push(freshName(`${def?.stem ?? 'layer'}1`, new Set(names)));
  const nameOf = new Map(parts.map(({ id }, i) => [id, names[i] as string]));
  const inner = ({ node, port }: EdgeEnd): EdgeEnd => ({ node: nameOf.get(node) as string, port });
  const edges = parts.flatMap(({ id, from }) =>
    [...from].flatMap(([port, source]) => {
      if (!nameOf.has(source.node)) return [];
      const [start, end] = [inner(source), inner({ node: id, port })];
      return [{ id: edgeId(start, end), from: start, to: end }];
    }),
  );
  const to = parts.flatMap(({ id, from }) =>
    [...from].flatMap(([port, source]) => (source.node === entry.node ? [inner({ node: id, port })] : [])),
  );
  const settings = settingsOf(pieces, names, language);
  const exposed = exposedOf(settings.map(({ ends, label }) => ({ ends, label })));
  const keys = settings.map(
    ({ ends: [end] }) => exposed.find((each) => each.node === end?.node && each.field === end.field)?.key ?? '',
  );
  const title = titleOf(parts)[language];
  return {
    definition: {
      id: freshName('block1', taken.ids),
      title: taken.titles.has(title) ? freshName(`${title} 2`, taken.titles) : title,
      nodes: placed(parts, names),
      edges,
      inputs: [{ name: 'x', to }],
      outputs: [{ name: 'y', from: inner(exit) }],
      exposed,
    },
    names,
    configs: pieces.map((_, i) => Object.fromEntries(settings.map(({ values }, k) => [keys[k], values[i] ?? null]))),
  };
}

interface Setting extends ChosenSetting {
  /** Value of each piece. */
  readonly values: readonly Config[string][];
}

/** The settings that differ between the pieces. Those that always have equal values become one setting. */
function settingsOf(pieces: readonly Piece[], names: readonly string[], language: Language): readonly Setting[] {
  const settings = new Map<
    string,
    { ends: { node: string; field: string }[]; label: string; values: Config[string][] }
  >();
  const labels = new Set<string>();
  pieces[0]?.parts.forEach(({ def, free }, i) => {
    for (const field of free) {
      const values = pieces.map(({ parts }) => parts[i]?.config[field] ?? null);
      const [first] = values;
      if (values.every((value) => JSON.stringify(value) === JSON.stringify(first))) continue;
      const described = def?.config[field] as Field;
      const key = JSON.stringify([described.kind, values]);
      const end = { node: names[i] as string, field };
      const known = settings.get(key);
      if (known !== undefined) {
        known.ends.push(end);
        continue;
      }
      const text = described.label[language];
      const label = labels.has(text) ? freshName(`${text} 2`, labels) : text;
      labels.add(label);
      settings.set(key, { ends: [end], label, values });
    }
  });
  return [...settings.values()];
}

const TITLES = [
  [add.type, { en: 'Residual block', zh: '残差块' }],
  [concat.type, { en: 'Parallel block', zh: '并行块' }],
  [mul.type, { en: 'Gated block', zh: '门控块' }],
] as const;

const titleOf = (parts: readonly Part[]): Readonly<Record<Language, string>> =>
  TITLES.find(([join]) => parts.some(({ layer }) => layer === join))?.[1] ?? { en: 'Repeated block', zh: '重复块' };

const COLUMN = 220;
const ROW = 110;

/** The nodes of the block, in rows along the flow. */
function placed(parts: readonly Part[], names: readonly string[]): readonly DocumentNode[] {
  const rows = new Map<string, number>();
  const filled = new Map<number, number>();
  return parts.map(({ id, layer, given, repeat, frozen, from }, i): DocumentNode => {
    const row = 1 + Math.max(-1, ...[...from.values()].map(({ node }) => rows.get(node) ?? -1));
    rows.set(id, row);
    const column = filled.get(row) ?? 0;
    filled.set(row, column + 1);
    const name = names[i] as string;
    const position = { x: COLUMN * column, y: ROW * row };
    return {
      id: name,
      layer,
      name,
      config: given,
      position,
      ...(repeat > 1 && { repeat }),
      ...(frozen && { frozen }),
    };
  });
}

export const definitionLayer = ({ id }: BlockDefinition): string => blockLayer(id);
