import { expect, it } from 'vitest';
import { blocks } from '../blocks/index.ts';
import { type Config, type ConfigValue, type Edge, emptyDocument, type NetworkDocument } from '../graph/document.ts';
import { edgeId } from '../graph/edges.ts';
import type { Field } from '../layers/config.ts';
import { check } from './check.ts';

/** Small values of a setting, including the minimum; none for numbers that affect neither shapes nor names. */
function values(field: Field): readonly ConfigValue[] {
  switch (field.kind) {
    case 'bool':
      return [false, true];
    case 'choice':
      return field.options.map(({ value }) => value);
    case 'int':
      return [0, 1, 2, 3, 4].filter((value) => value >= field.min && value <= (field.max ?? value));
    case 'pair':
      return [
        [1, 1],
        [2, 3],
        [2, 2],
      ];
    case 'padding':
      return ['same', [0, 0], [2, 1]];
    default:
      return [];
  }
}

/** The defaults, each value of each setting, and each pair of values of two settings. */
function configs(schema: Readonly<Record<string, Field>>): Config[] {
  const drawn = Object.entries(schema).filter(([key]) => key !== 'weightInit');
  const settings = drawn.map(([key, field]) => values(field).map((value) => ({ [key]: value })));
  const pairs = settings.flatMap((some, i) =>
    settings.slice(i + 1).flatMap((others) => some.flatMap((a) => others.map((b) => ({ ...a, ...b })))),
  );
  return [{}, ...settings.flat(), ...pairs];
}

function around(block: string, config: Config): NetworkDocument {
  const rows: [string, Config][] = [
    ['input', { shape: [8, 12, 12] }],
    [block, config],
    ['flatten', {}],
    ['regression', {}],
  ];
  const nodes = rows.map(([layer, config]) => ({ id: layer, name: layer, layer, config, position: { x: 0, y: 0 } }));
  const edges = nodes.slice(1).map(({ id }, i): Edge => {
    const [from, to] = [
      { node: nodes[i]?.id ?? '', port: 'y' },
      { node: id, port: 'x' },
    ];
    return { id: edgeId(from, to), from, to };
  });
  return { ...emptyDocument, nodes, edges };
}

/** Configs without a valid network: different shapes added, groups that do not divide, “same” padding with a stride. */
const impossible = ({ shortcut, groups, padding, stride }: Config): boolean =>
  shortcut === 'identity' || groups !== undefined || (padding === 'same' && stride !== undefined);

it.each(blocks.map((block) => [block.type, block] as const))('%s has no problems with any config', (type, {
  config,
}) => {
  const tried = configs(config).filter((each) => !impossible(each));
  const failing = tried.flatMap((each) => {
    const { diagnostics } = check(around(type, each));
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    return errors.length === 0 ? [] : [`${JSON.stringify(each)}: ${errors[0]?.message.en}`];
  });
  expect(failing).toEqual([]);
});
