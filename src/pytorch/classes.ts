import type { Draft, Member } from './draft.ts';
import { type Argument, ownModules } from './layerModules.ts';
import { annotation, literal, Names, RESERVED_CLASSES, RESERVED_NAMES } from './python.ts';

/** A value in the constructor of a class: the argument of a module, or the number of equal blocks. */
interface Slot {
  readonly attribute: string;
  readonly argument: Argument;
}

/** Drafts that differ in values only, as one class: values that differ are parameters. */
interface ModuleClass {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly slots: readonly number[] }[];
  readonly source: string;
}

/** Sizes that go together: the output of one layer is the input of the next. */

const kindOf = ({ name }: Argument): string => (/(channels|features)$/.test(name) ? 'size' : name);

/** Python source of the classes of a network, the innermost first and the network last. */
export function classesOf(network: Draft): { readonly sources: readonly string[]; readonly name: string } {
  const groups = new Map<string, Draft[]>();
  collect(network, groups);
  const names = new Names([...RESERVED_CLASSES, ...Object.keys(ownModules)]);
  // The name of the network is the one that users import.
  const networkName = names.take(network.title);
  const classes = new Map<string, ModuleClass>();
  const sources: string[] = [];
  for (const [shape, drafts] of groups) {
    const name = shape === network.shape ? networkName : names.take(drafts[0]?.title ?? 'Block');
    const made = classFor(name, drafts, classes);
    classes.set(shape, made);
    sources.push(made.source);
  }
  const used = Object.entries(ownModules).filter(([name]) => sources.some((source) => source.includes(` ${name}(`)));
  return { sources: [...used.map(([, source]) => source), ...sources], name: networkName };
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

type Classes = ReadonlyMap<string, ModuleClass>;

/** The arguments with which a class makes this draft. */
function argumentsFor(draft: Draft, classes: Classes): readonly Argument[] {
  const { parameters } = classes.get(draft.shape) as ModuleClass;
  const slots = slotsOf(draft, classes);
  return parameters.map(({ name, slots: [first = 0] }) => ({
    name,
    value: (slots[first] as Slot).argument.value,
    positional: /(channels|features)$/.test(name),
  }));
}

const slotsOf = ({ members }: Draft, classes: Classes): readonly Slot[] =>
  members.flatMap((member) =>
    memberArguments(member, classes).map((argument) => ({ attribute: member.attribute, argument })),
  );

function memberArguments(member: Member, classes: Classes): readonly Argument[] {
  if ('module' in member) return member.module.args;
  return member.blocks.flatMap(({ draft, count }) => [
    ...(count > 1 ? [{ name: 'blocks', value: count }] : []),
    ...argumentsFor(draft, classes),
  ]);
}

function classFor(name: string, drafts: readonly Draft[], classes: Classes): ModuleClass {
  const [first] = drafts as [Draft];
  const rows = drafts.map((draft) => slotsOf(draft, classes));
  const slots = rows[0] as readonly Slot[];
  const columns = slots.map((_, i) => rows.map((row) => (row[i] as Slot).argument));
  const grouped = new Map<string, number[]>();
  columns.forEach((column, i) => {
    const texts = column.map(({ value }) => literal(value));
    if (new Set(texts).size === 1 || column.every(isStandard)) return;
    const key = JSON.stringify([kindOf((slots[i] as Slot).argument), texts]);
    const same = grouped.get(key);
    if (same === undefined) grouped.set(key, [i]);
    else same.push(i);
  });
  const taken = new Names(RESERVED_NAMES);
  const parameters = [...grouped.values()].map((of) => ({ name: parameterName(of, slots, taken), slots: of }));
  const variables = new Map(parameters.flatMap((each) => each.slots.map((i) => [i, each.name] as const)));

  let at = 0;
  const call = (callee: string, args: readonly Argument[]): Call => {
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
  const made = (member: Member): Call => {
    if ('module' in member) return call(member.module.callee, member.module.args);
    const parts = member.blocks.map(({ draft, count }) => {
      const times = count > 1 ? (variables.get(at++) ?? literal(count)) : null;
      const { name: callee } = classes.get(draft.shape) as ModuleClass;
      const one = call(callee, argumentsFor(draft, classes));
      return times === null ? one : { ...one, times };
    });
    const [only] = parts as [Call];
    return member.isSequence ? { callee: 'nn.Sequential', args: parts.map(oneLine) } : only;
  };
  const members = first.members.map((member) => wrapped(`        self.${member.attribute} = `, made(member), ''));
  const signature = parameters.map(
    ({ name: parameter, slots: [i = 0] }) =>
      `${parameter}: ${annotation((columns[i] as readonly Argument[]).map(({ value }) => value))}`,
  );
  const init = wrapped('    def ', { callee: '__init__', args: ['self', ...signature] }, ':');
  const source = [
    `class ${name}(nn.Module):\n`,
    ...(members.length === 0 ? [] : [init, '        super().__init__()\n', ...members, '\n']),
    `    def forward(self, ${first.arguments_.join(', ')}):\n`,
    ...first.lines.map((line) => `        ${line}\n`),
  ].join('');
  return { name, parameters, source };
}

const isStandard = ({ value, standard }: Argument): boolean =>
  standard !== undefined && literal(standard) === literal(value);

interface Call {
  readonly callee: string;
  readonly args: readonly string[];
  /** Number of equal copies in a sequence. */
  readonly times?: string;
}

const oneLine = ({ callee, args, times }: Call): string => {
  const text = `${callee}(${args.join(', ')})`;
  return times === undefined ? text : `*(${text} for _ in range(${times}))`;
};

/** Columns of a line. */
const WIDTH = 120;

/** A line with a call, or one line per argument where it is too long. */
function wrapped(before: string, call: Call, after: string): string {
  const line = `${before}${oneLine(call)}${after}\n`;
  if (line.length <= WIDTH + 1) return line;
  const indent = ' '.repeat(before.length - before.trimStart().length);
  const args = call.args.map((arg) => `${indent}    ${arg},\n`);
  return `${before}${call.callee}(\n${args.join('')}${indent})${after}\n`;
}

/** The name of a parameter: that of its argument in PyTorch, with the layer where several have the name. */
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
