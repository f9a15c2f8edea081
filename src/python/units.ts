import type { Argument } from './construction.ts';
import type { Draft, Member } from './draft.ts';
import { Names } from './names.ts';
import { literal, type PyValue } from './values.ts';
import type { CallText } from './wrapped.ts';

/** Drafts that differ in values only, as one class or function: values that differ are parameters. */
export interface Unit {
  readonly name: string;
  /** One of the drafts. */
  readonly draft: Draft;
  readonly parameters: readonly Parameter[];
  /** The calls that make each member; several for a sequence of blocks. */
  readonly calls: ReadonlyMap<string, readonly UnitCall[]>;
}

export interface Parameter {
  readonly name: string;
  /** Its values in all drafts. */
  readonly values: readonly PyValue[];
}

export interface UnitCall extends CallText {
  /** Number of equal copies, as an expression; null for one. */
  readonly times: string | null;
}

export interface UnitNames {
  /** Names that no unit may have. */
  readonly units: Iterable<string>;
  /** Names that no parameter of the unit may have. */
  readonly parameters: (draft: Draft) => Iterable<string>;
}

/** A value that a unit needs: the argument of an object, or the number of equal blocks. */
interface Slot {
  readonly attribute: string;
  readonly argument: Argument;
}

interface NumberedParameter extends Parameter {
  readonly slots: readonly number[];
}

interface NumberedUnit extends Unit {
  readonly parameters: readonly NumberedParameter[];
}
type Units = ReadonlyMap<string, NumberedUnit>;

/** Sizes that go together: the output of one layer is the input of the next. */
const isSize = (name: string): boolean => /(channels|features|filters|units)$/.test(name);
const kindOf = ({ name }: Argument): string => (isSize(name) ? 'size' : name);

/** The units of a network, the innermost first and the network last. */
export function unitsOf(network: Draft, reserved: UnitNames): readonly Unit[] {
  const groups = new Map<string, Draft[]>();
  collect(network, groups);
  const names = new Names(reserved.units);
  // The name of the network is the one that users import.
  const networkName = names.take(network.title);
  const units = new Map<string, NumberedUnit>();
  for (const [shape, drafts] of groups) {
    const name = shape === network.shape ? networkName : names.take(drafts[0]?.title ?? 'Block');
    units.set(shape, unitOf(name, drafts, units, reserved));
  }
  return [...units.values()];
}

/** All drafts by shape, inner ones before outer ones. */
function collect(draft: Draft, groups: Map<string, Draft[]>): void {
  for (const member of draft.members) {
    if ('blocks' in member) for (const { draft: inner } of member.blocks) collect(inner, groups);
  }
  const group = groups.get(draft.shape);
  if (group === undefined) groups.set(draft.shape, [draft]);
  else group.push(draft);
}

/** The arguments with which a unit makes this draft. */
function argumentsFor(draft: Draft, units: Units): readonly Argument[] {
  const { parameters } = units.get(draft.shape) as NumberedUnit;
  const slots = slotsOf(draft, units);
  return parameters.map(({ name, slots: [first = 0] }) => ({
    name,
    value: (slots[first] as Slot).argument.value,
    positional: isSize(name),
  }));
}

const slotsOf = ({ members }: Draft, units: Units): readonly Slot[] =>
  members.flatMap((member) =>
    memberArguments(member, units).map((argument) => ({ attribute: member.attribute, argument })),
  );

function memberArguments(member: Member, units: Units): readonly Argument[] {
  if ('made' in member) return member.made.args;
  return member.blocks.flatMap(({ draft, count }) => [
    ...(count > 1 ? [{ name: 'blocks', value: count }] : []),
    ...argumentsFor(draft, units),
  ]);
}

function unitOf(name: string, drafts: readonly Draft[], units: Units, reserved: UnitNames): NumberedUnit {
  const [draft] = drafts as [Draft];
  const rows = drafts.map((each) => slotsOf(each, units));
  const slots = rows[0] as readonly Slot[];
  const columns = slots.map((_, i) => rows.map((row) => (row[i] as Slot).argument));
  const parameters = parametersOf(slots, columns, new Names(reserved.parameters(draft)));
  const variables = new Map(parameters.flatMap((each) => each.slots.map((i) => [i, each.name] as const)));

  let at = 0;
  const call = (callee: string, args: readonly Argument[]): CallText => {
    // After the first keyword, Python takes only keywords.
    let isLeading = true;
    const texts = args.flatMap(({ name: keyword, value, positional = false }) => {
      const slot = at++;
      const variable = variables.get(slot);
      if (variable === undefined && (columns[slot] as readonly Argument[]).every(isStandard)) return [];
      isLeading &&= positional;
      return [`${isLeading ? '' : `${keyword}=`}${variable ?? literal(value)}`];
    });
    return { callee, args: texts };
  };
  const calls = (member: Member): readonly UnitCall[] => {
    if ('made' in member) return [{ ...call(member.made.callee, member.made.args), times: null }];
    return member.blocks.map(({ draft: inner, count }) => {
      const times = count > 1 ? (variables.get(at++) ?? literal(count)) : null;
      return { ...call((units.get(inner.shape) as NumberedUnit).name, argumentsFor(inner, units)), times };
    });
  };
  return {
    name,
    draft,
    parameters,
    calls: new Map(draft.members.map((member) => [member.attribute, calls(member)])),
  };
}

const isStandard = ({ value, standard }: Argument): boolean =>
  standard !== undefined && literal(standard) === literal(value);

/** Slots with equal values in each draft share a parameter; those with the same value in all drafts need none. */
function parametersOf(
  slots: readonly Slot[],
  columns: readonly (readonly Argument[])[],
  taken: Names,
): readonly NumberedParameter[] {
  const grouped = new Map<string, number[]>();
  columns.forEach((column, i) => {
    const texts = column.map(({ value }) => literal(value));
    if (new Set(texts).size === 1 || column.every(isStandard)) return;
    const key = JSON.stringify([kindOf((slots[i] as Slot).argument), texts]);
    const same = grouped.get(key);
    if (same === undefined) grouped.set(key, [i]);
    else same.push(i);
  });
  return [...grouped.values()].map((indices) => ({
    name: parameterName(indices, slots, taken),
    slots: indices,
    values: (columns[indices[0] as number] as readonly Argument[]).map(({ value }) => value),
  }));
}

/** The name of a parameter: that of its argument in the library, with the layer where several have the name. */
function parameterName(indices: readonly number[], slots: readonly Slot[], taken: Names): string {
  const of = indices.map((i) => slots[i] as Slot);
  const [first] = of as [Slot];
  const has = (name: string) => of.some(({ argument }) => argument.name === name);
  const wanted =
    indices[0] === 0 && has('in_channels') && has('out_channels')
      ? 'channels'
      : has('out_channels') && !(indices[0] === 0)
        ? 'out_channels'
        : first.argument.name;
  return taken.has(wanted) ? taken.take(`${first.attribute}_${wanted}`) : taken.take(wanted);
}
