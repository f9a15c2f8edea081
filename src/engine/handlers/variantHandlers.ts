import type { variantCalls } from '../../protocol/variants.ts';
import type { HandlersOf } from '../server.ts';
import { channelMoments, variantsOf } from '../variants.ts';
import type { Parts } from './networkHandlers.ts';

/** Calls to look at what transforms do. */
export const variantHandlers = ({ networks }: Parts): HandlersOf<typeof variantCalls> => ({
  variants: async (args) => variantsOf(await networks.dataset(args.document), args),
  channelMoments: async (args) => channelMoments(await networks.dataset(args.document), args),
});
