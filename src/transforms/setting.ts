import type { Config, ConfigValue, TransformStep } from '../graph/document.ts';
import type { ConfigOf, ConfigSchema } from '../layers/config.ts';
import { readConfig } from '../layers/config.ts';
import { nearest, suggestion } from '../nearest.ts';
import type { Text } from '../text.ts';
import { transformOf, transforms } from './index.ts';
import type { Transform } from './transform.ts';

/** One transform in a document or file; parameters that are left out have their defaults. */
export type TransformSetting = TransformStep;

/** A problem in the list of transforms, as a value: what happened, where, and how to fix it. */
export interface TransformProblem {
  /** Stable, kebab-case; scripts depend on it. */
  readonly code: string;
  /** Index in the list; null for the whole list. */
  readonly place: number | null;
  /** Name of the parameter. */
  readonly key?: string;
  readonly message: Text;
  readonly fixes: readonly TransformFix[];
}
/** The whole list after the fix. */
export interface TransformFix {
  readonly title: Text;
  readonly list: readonly TransformSetting[];
}

export interface ReadSetting {
  readonly transform: Transform;
  readonly params: ConfigOf<ConfigSchema>;
}

const withPlace = <T>(list: readonly T[], place: number, ...items: readonly T[]): readonly T[] => [
  ...list.slice(0, place),
  ...items,
  ...list.slice(place + 1),
];

const removal = (list: readonly TransformSetting[], place: number): TransformFix => ({
  title: { en: `Remove ${list[place]?.type}`, zh: `删除 ${list[place]?.type}` },
  list: withPlace(list, place),
});

/** The transform and its parameters of one setting of the list. */
export function readSetting(
  list: readonly TransformSetting[],
  place: number,
): { readonly setting: ReadSetting | null; readonly problems: readonly TransformProblem[] } {
  const { type, on: _, ...given } = list[place] as TransformSetting;
  const transform = transformOf(type);
  if (transform === undefined) return { setting: null, problems: [unknownType(list, place)] };
  // torchvision takes one number where a list is meant.
  const config: Config = Object.fromEntries(
    Object.entries(given).map(([key, value]) => [
      key,
      transform.params[key]?.kind === 'numbers' && typeof value === 'number' ? [value] : value,
    ]),
  ) as Config;
  const { config: params, problems } = readConfig(transform.params, config);
  return {
    setting: { transform, params },
    problems: [
      ...problems.map(({ key, expected }) => ({
        code: 'bad-parameter',
        place,
        key,
        message: {
          en: `${type}: ${key} is ${JSON.stringify(given[key])} but must be ${expected.en}.`,
          zh: `${type}：${key} 为 ${JSON.stringify(given[key])}，但应为${expected.zh}。`,
        },
        fixes: [
          {
            title: {
              en: `Set ${key} to ${JSON.stringify(transform.params[key]?.default)}`,
              zh: `将 ${key} 设为 ${JSON.stringify(transform.params[key]?.default)}`,
            },
            list: withPlace(list, place, {
              ...(list[place] as TransformSetting),
              [key]: transform.params[key]?.default as ConfigValue,
            }),
          },
        ],
      })),
      ...Object.keys(given)
        .filter((key) => !Object.hasOwn(transform.params, key))
        .map((key) => unknownParameter(list, place, transform, key)),
    ],
  };
}

const mixesBatches: Text = {
  en: 'Mixing of whole batches is a setting of its own, data.mixing: --mixing MixUp:0.2.',
  zh: '小批量混合是单独的设置 data.mixing：--mixing MixUp:0.2。',
};

function unknownType(list: readonly TransformSetting[], place: number): TransformProblem {
  const setting = list[place] as TransformSetting;
  const names = transforms.map(({ type }) => type);
  const hint = /^(mixup|cutmix)$/i.test(setting.type) ? mixesBatches : suggestion(setting.type, names);
  return {
    code: 'unknown-transform',
    place,
    message: {
      en: `There is no transform “${setting.type}”. ${hint.en}`,
      zh: `没有名为“${setting.type}”的变换。${hint.zh}`,
    },
    fixes: [
      ...nearest(setting.type, names).map((name) => ({
        title: { en: `Use ${name}`, zh: `使用 ${name}` },
        list: withPlace(list, place, { ...setting, type: name }),
      })),
      removal(list, place),
    ],
  };
}

function unknownParameter(
  list: readonly TransformSetting[],
  place: number,
  { type, params }: Transform,
  key: string,
): TransformProblem {
  const names = Object.keys(params);
  const hint = suggestion(key, names);
  const { [key]: dropped, ...rest } = list[place] as TransformSetting;
  return {
    code: 'unknown-parameter',
    place,
    key,
    message: { en: `${type} has no parameter “${key}”. ${hint.en}`, zh: `${type} 没有参数“${key}”。${hint.zh}` },
    fixes: [
      ...nearest(key, names).map((name) => ({
        title: { en: `Rename to ${name}`, zh: `改名为 ${name}` },
        list: withPlace(list, place, { ...rest, [name]: dropped as ConfigValue } as TransformSetting),
      })),
      {
        title: { en: `Remove ${key}`, zh: `删除 ${key}` },
        list: withPlace(list, place, rest as TransformSetting),
      },
    ],
  };
}
