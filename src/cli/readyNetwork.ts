import type { Config, NetworkDocument } from '../graph/document.ts';
import type { ConfigSchema } from '../layers/config.ts';
import type { Text } from '../text.ts';

/** A template that the command line can open by its name. */
export interface ReadyNetwork {
  readonly id: string;
  readonly family: string;
  readonly title: Text;
  /** Options of the template, with their defaults. */
  readonly config: ConfigSchema;
  readonly document: NetworkDocument;
  /** The network with other options; missing ones have their default. */
  adjusted(choices: Config): NetworkDocument;
}

/**
 * The templates, passed in by the entry point because `src` does not import them. `starters` can be trained on the
 * embedded digits without changes.
 */
export interface ReadyNetworks {
  readonly all: readonly ReadyNetwork[];
  readonly starters: readonly ReadyNetwork[];
}
