import { create } from 'zustand';
import type { PictureTheme } from '../../../src/export/pictureTheme.ts';
import type { Language } from '../../../src/text.ts';

export interface PictureChoices {
  readonly format: 'svg' | 'png';
  readonly part: 'all' | 'selection';
  readonly theme: PictureTheme;
  readonly language: Language;
  /** PNG pixels per canvas pixel. */
  readonly scale: 1 | 2 | 3;
  readonly shapes: boolean;
  readonly background: boolean;
  readonly embed: boolean;
}

interface PictureState extends PictureChoices {
  readonly open: boolean;
  choose(choices: Partial<PictureChoices>): void;
  show(language: Language, hasSelection: boolean): void;
  close(): void;
}

/** The options are kept until the window closes; the language is initially that of the window. */
export const usePicture = create<PictureState>()((set) => ({
  open: false,
  format: 'svg',
  part: 'all',
  theme: 'light',
  language: 'en',
  scale: 2,
  shapes: true,
  background: true,
  embed: true,
  choose: (choices) => set(choices),
  show: (language, hasSelection) => set({ open: true, language, part: hasSelection ? 'selection' : 'all' }),
  close: () => set({ open: false }),
}));
