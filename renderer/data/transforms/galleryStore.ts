import { create } from 'zustand';

/** Variants in the gallery. */
export const SHOWN = 8;

interface GalleryState {
  /** Place of the transform whose settings are open; null for none. */
  readonly open: number | null;
  /** Place of the sample in the training set; any whole number, modulo its size. */
  readonly at: number;
  /** First epoch, from 0. */
  readonly epoch: number;
  /** The variant that is described, of those shown. */
  readonly chosen: number;
}

/** View of the transforms, kept while other panels are shown. */
export const useGallery = create<GalleryState>()(() => ({ open: null, at: 0, epoch: 0, chosen: 0 }));
