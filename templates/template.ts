import type { Config, NetworkDocument } from '../src/graph/document.ts';
import { type ConfigOf, type ConfigSchema, defaultConfig, type Field, readConfig } from '../src/layers/config.ts';
import type { Text } from '../src/text.ts';
import type { Settings } from './settings.ts';

export const families = ['linear', 'mlp', 'lenet', 'alexnet', 'vgg', 'nin', 'googlenet', 'resnet', 'densenet'] as const;
export type Family = (typeof families)[number];

/** A family of networks: its options, and the network for a choice of them. */
interface Kind<S extends ConfigSchema> {
  readonly config: S;
  /** Name of the network with this config. */
  name(config: ConfigOf<S>): string;
  draw(config: ConfigOf<S>, settings: Settings & { readonly name: string; readonly template: string }): NetworkDocument;
}

/** Checks the types of a family against its config. */
export const defineKind = <const S extends ConfigSchema>(kind: Kind<S>): Kind<S> => kind;

/** A network to start from, with training settings. */
export interface Template {
  /** Stable id, used by scripts and the command line, and in testdata/networks.json. */
  readonly id: string;
  readonly family: Family;
  readonly title: Text;
  /** Main idea of the network, and an experiment to try. */
  readonly description: Text;
  /** Source paper: authors, year, title; null if there is no single one. */
  readonly paper: string | null;
  /** Options, with the values of this template as defaults; empty if it has none. */
  readonly config: ConfigSchema;
  /** The network; built when first used. */
  readonly document: NetworkDocument;
  /** The network with other options, on the same data and with the same training settings; missing options are the defaults. */
  adjusted(choices: Config): NetworkDocument;
}

interface Fields extends Pick<Template, 'id' | 'family' | 'title' | 'description' | 'paper'> {
  /** Name of the document; the English title by default. */
  readonly name?: string;
}

/** A template: one network of a family. */
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
