import { z } from 'zod';
import { create } from 'zustand';
import { blockIdOf } from '../../../src/graph/document.ts';
import type { Place } from '../../../src/plan/level.ts';
import { type Language, languageOfLocale, languageSchema, type Text } from '../../../src/text.ts';
import { type Theme, themeSchema } from '../../../src/theme.ts';
import type { Message } from '../../ui/i18n/i18n.ts';
import { distinct, type Memory, remembered } from './remembered.ts';

const RECENT = 4;
const RECENT_COMMANDS = 5;

const rememberedUi = z.object({
  language: languageSchema,
  theme: themeSchema,
  /** By what the canvas is scrolled: fingers move it, a wheel zooms. */
  wheel: z.enum(['auto', 'mouse', 'trackpad']),
  /** The user's own keys, by command; an empty list takes a command's keys away. */
  keys: z.record(z.string(), z.array(z.string())),
  /** Open state of collapsible sections, by name; absent: the default. */
  folds: z.record(z.string(), z.boolean()),
  /** Ids of the layers and presets that were added last, newest first. */
  recentOffers: z.array(z.string()).max(RECENT).refine(distinct),
  /** Ids of the commands that were last run from the command palette, newest first. */
  recentCommands: z.array(z.string()).max(RECENT_COMMANDS).refine(distinct),
  /** A window without a file begins with the start page. */
  startPageFirst: z.boolean(),
});
type RememberedUi = z.infer<typeof rememberedUi>;
export type Wheel = RememberedUi['wheel'];

/** Subject of a notice: there is one notice for each, and news of the same subject takes its place. */
export type Subject =
  | 'blocks'
  | 'camera'
  | 'clipboard'
  | 'compare'
  | 'damaged'
  | 'device'
  | 'drawing'
  | 'engine'
  | 'export'
  | 'images'
  | 'library'
  | 'messages'
  | 'open'
  | 'queue'
  | 'run'
  | 'runs'
  | 'save'
  | 'tables'
  | 'travel';

interface NoticeBase {
  readonly id: number;
  readonly message: Message;
  readonly detail?: Message;
  /** Action offered by the notice. */
  readonly action?: { readonly label: Message; run(): void };
}

/** Bad news stays until it is dismissed or until its subject is settled, so it has to have one. */
export type Notice = NoticeBase &
  ({ readonly tone: 'info' | 'good'; readonly about?: Subject } | { readonly tone: 'bad'; readonly about: Subject });
export type News = Notice extends infer N ? (N extends Notice ? Omit<N, 'id'> : never) : never;

/** Ids of what is selected on the canvas. */
export interface Selection {
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
  /** Notes and frames. */
  readonly annotations: readonly string[];
}

/** A layer inside a block that is open in its place: the way there from the level that is looked at. */
export interface Inner {
  readonly path: readonly Place[];
  readonly node: string;
}

export const isEmpty = ({ nodes, edges, annotations }: Selection): boolean =>
  nodes.length + edges.length + annotations.length === 0;

/** Parts of the open file that could not be read. */
export interface Remarks {
  /** Of the file. */
  readonly name: string;
  readonly remarks: readonly Text[];
}

/** Temporary overlay of the window, one at a time. */
export type Surface = 'commands' | 'find' | 'keys' | 'licences';

interface UiState extends RememberedUi {
  readonly surface: Surface | null;
  readonly selection: Selection;
  /** Selected inside an open block; nothing else is selected then. */
  readonly inner: Inner | null;
  readonly remarks: Remarks | null;
  /** The start page lies over the canvas. */
  readonly startPage: boolean;
  readonly notices: readonly Notice[];
  setLanguage(language: Language): void;
  setTheme(theme: Theme): void;
  setWheel(wheel: Wheel): void;
  select(selection: Partial<Selection>): void;
  selectInner(inner: Inner): void;
  /** Keys of the user's own for a command; null goes back to the defaults. */
  setKeys(command: string, keys: readonly string[] | null): void;
  showSurface(surface: Surface | null): void;
  /** Remembers that it was run from the command palette. */
  usedCommand(id: string): void;
  setFold(name: string, open: boolean): void;
  /** Remembers that it was added; not of a block of one document, whose id means something else in another. */
  usedOffer(id: string): void;
  showRemarks(remarks: Remarks | null): void;
  showStartPage(shown: boolean): void;
  setStartPageFirst(first: boolean): void;
  /** Takes over what another window remembered for all of them: language, theme, keys. */
  follow(text: string): void;
  /** Takes the place of what was said of its subject; an equal message that still shows is not repeated. */
  notify(news: News): void;
  /** The cause of bad news is gone, and the news with it. */
  settle(about: Subject): void;
  dismiss(id: number): void;
}

/** Where the look of the window is remembered. */
export const UI_KEY = 'netloom.ui';
const defaults = (): RememberedUi => ({
  language: languageOfLocale(globalThis.navigator?.language),
  theme: 'system',
  wheel: 'auto',
  keys: {},
  folds: {},
  recentOffers: [],
  recentCommands: [],
  startPageFirst: true,
});

const sameNotice = (a: News, b: News): boolean =>
  a.tone === b.tone && JSON.stringify([a.message, a.detail]) === JSON.stringify([b.message, b.detail]);

export const createUiStore = (storage?: Memory) => {
  const memory = remembered(UI_KEY, rememberedUi, defaults(), storage);
  let nextNotice = 0;
  const store = create<UiState>()((set) => {
    const recalled = memory.read();
    return {
      ...recalled,
      startPage: false,
      selection: { nodes: [], edges: [], annotations: [] },
      inner: null,
      remarks: null,
      notices: [],
      surface: null,
      setLanguage: (language) => set({ language }),
      setTheme: (theme) => set({ theme }),
      setWheel: (wheel) => set({ wheel }),
      select: ({ nodes = [], edges = [], annotations = [] }) =>
        set({ selection: { nodes, edges, annotations }, inner: null }),
      selectInner: (inner) => set({ selection: { nodes: [], edges: [], annotations: [] }, inner }),
      setKeys: (command, keys) =>
        set((state) => {
          const { [command]: _, ...others } = state.keys;
          return { keys: keys === null ? others : { ...others, [command]: [...keys] } };
        }),
      showSurface: (surface) => set({ surface }),
      usedCommand: (id) =>
        set(({ recentCommands }) => ({
          recentCommands: [id, ...recentCommands.filter((other) => other !== id)].slice(0, RECENT_COMMANDS),
        })),
      setFold: (name, open) => set(({ folds }) => ({ folds: { ...folds, [name]: open } })),
      usedOffer(id) {
        if (blockIdOf(id) !== null) return;
        set(({ recentOffers }) => ({
          recentOffers: [id, ...recentOffers.filter((other) => other !== id)].slice(0, RECENT),
        }));
      },
      showRemarks: (remarks) => set({ remarks }),
      showStartPage: (startPage) => set({ startPage }),
      setStartPageFirst: (startPageFirst) => set({ startPageFirst }),
      follow(text) {
        const { language, theme, wheel, keys, startPageFirst } = memory.from(text);
        set({ language, theme, wheel, keys, startPageFirst });
      },
      notify: (news) =>
        set(({ notices }) => {
          if (notices.some((shown) => sameNotice(shown, news))) return {};
          const others = notices.filter(({ about }) => about === undefined || about !== news.about);
          return { notices: [...others, { ...news, id: nextNotice++ }].slice(-4) };
        }),
      settle: (about) =>
        set(({ notices }) => {
          const left = notices.filter((notice) => notice.tone !== 'bad' || notice.about !== about);
          return left.length === notices.length ? {} : { notices: left };
        }),
      dismiss: (id) => set(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
    };
  });
  store.subscribe(memory.write);
  return store;
};
