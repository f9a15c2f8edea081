import type { Config, NetworkDocument } from '../src/graph/document.ts';
import { type ConfigOf, type ConfigSchema, defaultConfig, type Field, readConfig } from '../src/layers/config.ts';
import type { Text } from '../src/text.ts';
import type { Settings } from './settings.ts';

export const families = ['linear', 'mlp', 'lenet', 'alexnet', 'vgg', 'nin', 'googlenet', 'resnet', 'densenet'] as const;
export type Family = (typeof families)[number];

/** A kind of network: what can be chosen of it, and the drawing that follows. */
interface Kind<S extends ConfigSchema> {
  readonly config: S;
  /** What a network of this config is called. */
  name(config: ConfigOf<S>): string;
  draw(config: ConfigOf<S>, settings: Settings & { readonly name: string; readonly template: string }): NetworkDocument;
}

/** Checks a kind's types against its own config. */
export const defineKind = <const S extends ConfigSchema>(kind: Kind<S>): Kind<S> => kind;

/** A ready network. */
export interface Template {
  /** Stable; scripts and the command line name templates by it. The same as in testdata/networks.json. */
  readonly id: string;
  readonly family: Family;
  readonly title: Text;
  /** What is new about it, and what to try. */
  readonly description: Text;
  /** Authors, year and title of where it comes from; null where it is common knowledge. */
  readonly paper: string | null;
  /** What can be chosen of it, with what it has as defaults; empty where it is as it is. */
  readonly config: ConfigSchema;
  /** Drawn when first asked for. */
  readonly document: NetworkDocument;
  /** The same with other choices, on the same data and with the same recipe; defaults stand in for what is missing. */
  adjusted(choices: Config): NetworkDocument;
}

interface Fields extends Pick<Template, 'id' | 'family' | 'title' | 'description' | 'paper'> {
  /** Of the document; the English title when absent. */
  readonly name?: string;
}

/** One network of a kind. */
export function template<S extends ConfigSchema>(
  { name, ...fields }: Fields,
  kind: Kind<S>,
  own: Partial<ConfigOf<S>>,
  settings: Settings,
): Template {
  const config = Object.fromEntries(
    Object.entries(kind.config).map(([key, field]) => [key, { ...field, default: own[key] ?? field.default } as Field]),
  ) as unknown as S;
  const given = { ...settings, template: fields.id };
  let drawn: NetworkDocument | null = null;
  return {
    ...fields,
    config,
    get document() {
      drawn ??= kind.draw(defaultConfig(config), { ...given, name: name ?? fields.title.en });
      return drawn;
    },
    adjusted(choices) {
      const chosen = readConfig(config, choices).config;
      return kind.draw(chosen, { ...given, name: kind.name(chosen) });
    },
  };
}
