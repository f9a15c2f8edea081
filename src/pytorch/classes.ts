import type { Draft, Member } from '../python/draft.ts';
import type { Line } from '../python/forwardLines.ts';
import { type Unit, type UnitCall, unitsOf } from '../python/units.ts';
import { annotation } from '../python/values.ts';
import { oneLine, wrapped } from '../python/wrapped.ts';
import { ownModules } from './layerModules.ts';
import { RESERVED_CLASSES, RESERVED_NAMES } from './reserved.ts';

/** Python source of the classes of a network, the innermost first and the network last. */
export function classesOf(network: Draft): { readonly sources: readonly string[]; readonly name: string } {
  const units = unitsOf(network, {
    units: [...RESERVED_CLASSES, ...Object.keys(ownModules)],
    parameters: () => RESERVED_NAMES,
  });
  const sources = units.map(classSource);
  const used = Object.entries(ownModules).filter(([name]) => sources.some((source) => source.includes(` ${name}(`)));
  return { sources: [...used.map(([, source]) => source), ...sources], name: (units.at(-1) as Unit).name };
}

function classSource({ name, draft, parameters, calls }: Unit): string {
  const members = draft.members.map((member) =>
    wrapped(
      `        self.${member.attribute} = `,
      constructed(member, calls.get(member.attribute) as readonly UnitCall[]),
      '',
    ),
  );
  const signature = parameters.map((parameter) => `${parameter.name}: ${annotation(parameter.values)}`);
  const init = wrapped('    def ', { callee: '__init__', args: ['self', ...signature] }, ':');
  return [
    `class ${name}(nn.Module):\n`,
    ...(members.length === 0 ? [] : [init, '        super().__init__()\n', ...members, '\n']),
    `    def forward(self, ${draft.arguments_.join(', ')}):\n`,
    ...draft.lines.map((line) => `        ${lineText(line)}\n`),
  ].join('');
}

/** The call that makes a member; blocks one after the other are a sequence. */
function constructed(member: Member, calls: readonly UnitCall[]) {
  if (!('blocks' in member && member.isSequence)) return calls[0] as UnitCall;
  const copies = calls.map((call) =>
    call.times === null ? oneLine(call) : `*(${oneLine(call)} for _ in range(${call.times}))`,
  );
  return { callee: 'nn.Sequential', args: copies };
}

function lineText({ left, right }: Line): string {
  const value = 'member' in right ? `self.${right.member}(${right.args.join(', ')})` : right.expression;
  return left.length === 0 ? `return ${value}` : `${left.join(', ')} = ${value}`;
}
