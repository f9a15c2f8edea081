import type { Draft } from '../python/draft.ts';
import type { Line } from '../python/forwardLines.ts';
import { type Unit, type UnitCall, unitsOf } from '../python/units.ts';
import { wrapped } from '../python/wrapped.ts';
import { MERGES } from './layerObjects.ts';
import { RESERVED } from './names.ts';

/** Between the names of a block and of a layer inside: identifiers do not contain it, and every backend accepts it. */
export const SEPARATOR = '-';

/** Python source of the functions of a network, the innermost first and the network last. */
export function functionsOf(
  network: Draft,
  own: Iterable<string>,
): { readonly sources: readonly string[]; readonly name: string } {
  const units = unitsOf(network, {
    units: [...RESERVED, ...own, ...variablesIn(network)],
    parameters: (draft) => [...RESERVED, ...variablesOf(draft)],
  });
  const { name } = units.at(-1) as Unit;
  return { sources: units.map((unit) => functionSource(unit, unit.name === name)), name };
}

/** Variables of a function: Python has one scope for them and its parameters. */
const variablesOf = ({ arguments_, lines }: Draft): readonly string[] => [
  ...arguments_,
  ...lines.flatMap(({ left }) => left),
];

const variablesIn = (draft: Draft): readonly string[] => [
  ...variablesOf(draft),
  ...draft.members.flatMap((member) =>
    'blocks' in member ? member.blocks.flatMap(({ draft: inner }) => variablesIn(inner)) : [],
  ),
];

/** Names of layers inside a block begin with the name of the block. */
const nameText = (isNetwork: boolean, ...parts: readonly string[]): string => {
  const inside = parts.join(SEPARATOR);
  if (!isNetwork) return `f"{name}${SEPARATOR}${inside}"`;
  return inside.includes('{') ? `f"${inside}"` : `"${inside}"`;
};

function functionSource({ name, draft, parameters, calls }: Unit, isNetwork: boolean): string {
  const arguments_ = [
    ...draft.arguments_,
    ...parameters.map((parameter) => parameter.name),
    ...(isNetwork ? [] : ['name']),
  ];
  const body = draft.lines.map((line) => {
    if ('expression' in line.right) return `    ${target(line)}${line.right.expression}\n`;
    const { member: attribute, args } = line.right;
    const member = draft.members.find((each) => each.attribute === attribute);
    const made = calls.get(attribute) as readonly UnitCall[];
    if (member !== undefined && 'blocks' in member) {
      if (member.isSequence) return sequence(line, attribute, args[0] as string, made, isNetwork);
      return wrapped(`    ${target(line)}`, ofBlock(made[0] as UnitCall, args, nameText(isNetwork, attribute)), '');
    }
    const call = made[0] as UnitCall;
    const values = MERGES.includes(call.callee) ? `([${args.join(', ')}])` : `(${args.join(', ')})`;
    const named = { ...call, args: [...call.args, `name=${nameText(isNetwork, attribute)}`] };
    return wrapped(`    ${target(line)}`, named, values);
  });
  return [wrapped('def ', { callee: name, args: arguments_ }, ':'), ...body].join('');
}

const target = ({ left }: Line): string => (left.length === 0 ? 'return ' : `${left.join(', ')} = `);

const ofBlock = ({ callee, args }: UnitCall, inputs: readonly string[], name: string) => ({
  callee,
  args: [...inputs, ...args, `name=${name}`],
});

/** Blocks one after the other, numbered from 0; a loop of those that are equal. */
function sequence(
  line: Line,
  attribute: string,
  input: string,
  calls: readonly UnitCall[],
  isNetwork: boolean,
): string {
  const [variable = 'x'] = line.left;
  let from = input;
  let count = 0;
  const counted: string[] = [];
  const numbered = (more: readonly string[]): string => {
    const terms = [...counted, ...(count > 0 ? [`${count}`] : []), ...more];
    return terms.length === 0
      ? '0'
      : terms.length === 1 && /^\d+$/.test(terms[0] as string)
        ? (terms[0] as string)
        : `{${terms.join(' + ')}}`;
  };
  let text = '';
  for (const call of calls) {
    if (call.times === null) {
      text += wrapped(`    ${variable} = `, ofBlock(call, [from], nameText(isNetwork, attribute, numbered([]))), '');
      count += 1;
    } else {
      if (from !== variable) text += `    ${variable} = ${from}\n`;
      const made = ofBlock(call, [variable], nameText(isNetwork, attribute, numbered(['i'])));
      text += `    for i in range(${call.times}):\n${wrapped(`        ${variable} = `, made, '')}`;
      if (/^\d+$/.test(call.times)) count += Number(call.times);
      else counted.push(call.times);
    }
    from = variable;
  }
  return line.left.length === 0 ? `${text}    return ${variable}\n` : text;
}
