import { create } from 'zustand';
import type { CallArgs } from '../../../src/protocol/calls.ts';
import { showPanel } from '../../state/workspaces/workspaceStore.ts';

/** Variants in the gallery. */
export const SHOWN = 8;

interface GalleryState {
  /** Place of the transform whose settings are open; null for none. */
  readonly open: number | null;
  readonly sample: CallArgs<'variants'>['sample'];
  /** First epoch, from 0. */
  readonly epoch: number;
  /** The variant that is described, of those shown. */
  readonly chosen: number;
}

/** View of the transforms, kept while other panels are shown. */
export const useGallery = create<GalleryState>()(() => ({
  open: null,
  sample: { kind: 'training', at: 0 },
  epoch: 0,
  chosen: 0,
}));

/** Shows the variants of a sample of the dataset. */
export function showVariants(index: number): void {
  useGallery.setState({ sample: { kind: 'any', index } });
  showPanel('transforms');
}
