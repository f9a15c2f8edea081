import type { Config, NetworkDocument } from '../graph/document.ts';
import type { ConfigSchema } from '../layers/config.ts';
import type { Text } from '../text.ts';

/** A network that the command line knows by a name. */
export interface ReadyNetwork {
  readonly id: string;
  readonly family: string;
  readonly title: Text;
  /** The choices that it leaves, with their defaults. */
  readonly config: ConfigSchema;
  readonly document: NetworkDocument;
  /** The same with other choices; defaults stand in for what is missing. */
  adjusted(choices: Config): NetworkDocument;
}

/** The ready networks, handed in by the entry. `starters` train at once on the embedded digits. */
export interface ReadyNetworks {
  readonly all: readonly ReadyNetwork[];
  readonly starters: readonly ReadyNetwork[];
}
