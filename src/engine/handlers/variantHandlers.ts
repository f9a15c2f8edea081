import type { variantCalls } from '../../protocol/variants.ts';
import type { HandlersOf } from '../server.ts';
import { channelMoments, variantIndex, variantsOf } from '../variants.ts';
import type { Parts } from './networkHandlers.ts';

/** Calls to look at what transforms do. */
export const variantHandlers = ({ networks }: Parts): HandlersOf<typeof variantCalls> => ({
  async variants(args) {
    const { dataset, decoding } = await networks.early(args.document);
    await decoding?.images([variantIndex(dataset, args)]);
    return variantsOf(dataset, args);
  },
  channelMoments: async (args) => channelMoments(await networks.dataset(args.document), args),
});
