import { z } from 'zod';
import { create } from 'zustand';
import { blockIdOf } from '../../../src/graph/document.ts';
import type { Place } from '../../../src/plan/level.ts';
import type { ChosenSize } from '../../../src/protocol/imported.ts';
import { type Language, languageOfLocale, languageSchema, type Text } from '../../../src/text.ts';
import { type Theme, themeSchema } from '../../../src/theme.ts';
import type { Message } from '../../ui/i18n/i18n.ts';
import { distinct, type Memory, remembered } from './remembered.ts';

const RECENT = 4;
const RECENT_COMMANDS = 5;

const rememberedUi = z.object({
  language: languageSchema,
  theme: themeSchema,
  /** Input device that scrolls the canvas: a trackpad pans, a mouse wheel zooms. */
  wheel: z.enum(['auto', 'mouse', 'trackpad']),
  /** The user's keys by command; an empty list removes the keys of a command. */
  keys: z.record(z.string(), z.array(z.string())),
  /** Open state of collapsible sections by name; the default is used for missing ones. */
  folds: z.record(z.string(), z.boolean()),
  /** Ids of recently added layers and presets, newest first. */
  recentOffers: z.array(z.string()).max(RECENT).refine(distinct),
  /** Ids of commands recently run from the command palette, newest first. */
  recentCommands: z.array(z.string()).max(RECENT_COMMANDS).refine(distinct),
  /** A window without a file shows the start page. */
  startPageFirst: z.boolean(),
});
type RememberedUi = z.infer<typeof rememberedUi>;
export type Wheel = RememberedUi['wheel'];

/** Subject of a notice; a new notice replaces the one with the same subject. */
export type Subject =
  | 'blocks'
  | 'camera'
  | 'clipboard'
  | 'compare'
  | 'damaged'
  | 'data'
  | 'device'
  | 'drawing'
  | 'engine'
  | 'export'
  | 'head'
  | 'images'
  | 'library'
  | 'messages'
  | 'open'
  | 'queue'
  | 'run'
  | 'runs'
  | 'save'
  | 'tables'
  | 'travel'
  | 'weights';

interface NoticeBase {
  readonly id: number;
  readonly message: Message;
  readonly detail?: Message;
  /** Action offered by the notice. */
  readonly action?: { readonly label: Message; run(): void };
}

/** An error stays until it is dismissed or its subject is settled, so it must have a subject. */
export type Notice = NoticeBase &
  ({ readonly tone: 'info' | 'good'; readonly about?: Subject } | { readonly tone: 'bad'; readonly about: Subject });
export type News = Notice extends infer N ? (N extends Notice ? Omit<N, 'id'> : never) : never;

/** Ids of the selection on the canvas. */
export interface Selection {
  readonly nodes: readonly string[];
  readonly edges: readonly string[];
  /** Notes and frames. */
  readonly annotations: readonly string[];
}

/** A layer inside an expanded block: the path to it from the current level. */
export interface Inner {
  readonly path: readonly Place[];
  readonly node: string;
}

export const isEmpty = ({ nodes, edges, annotations }: Selection): boolean =>
  nodes.length + edges.length + annotations.length === 0;

/** Remarks on the file that was opened last. */
export interface Remarks {
  /** Name of the file. */
  readonly name: string;
  readonly remarks: readonly Text[];
  /** Subject: parts that could not be read; the import of a model; or the sizes that a model needs to be imported. */
  readonly about: 'damage' | 'import' | 'sizes';
  /** Sizes that the model leaves open. */
  readonly sizes: readonly ChosenSize[];
}

/** Temporary overlay of the window, one at a time. */
export type Surface = 'commands' | 'find' | 'keys' | 'licenses' | 'library';

interface UiState extends RememberedUi {
  readonly surface: Surface | null;
  readonly selection: Selection;
  /** Selected layer inside an expanded block; nothing else is selected then. */
  readonly inner: Inner | null;
  readonly remarks: Remarks | null;
  /** The start page covers the canvas. */
  readonly startPage: boolean;
  readonly notices: readonly Notice[];
  setLanguage(language: Language): void;
  setTheme(theme: Theme): void;
  setWheel(wheel: Wheel): void;
  select(selection: Partial<Selection>): void;
  selectInner(inner: Inner): void;
  /** Sets the user's keys for a command; null restores the defaults. */
  setKeys(command: string, keys: readonly string[] | null): void;
  showSurface(surface: Surface | null): void;
  /** Records that a command was run from the command palette. */
  usedCommand(id: string): void;
  setFold(name: string, open: boolean): void;
  /** Records an added layer, except a block of the document, whose id is meaningless in other documents. */
  usedOffer(id: string): void;
  showRemarks(remarks: Remarks | null): void;
  showStartPage(shown: boolean): void;
  setStartPageFirst(first: boolean): void;
  /** Applies settings that another window stored for all windows: language, theme, keys. */
  follow(text: string): void;
  /** Replaces the notice with the same subject; an equal message that is still visible is not repeated. */
  notify(news: News): void;
  /** Removes the error about a subject, because its cause is gone. */
  settle(about: Subject): void;
  dismiss(id: number): void;
}

/** Storage key of the interface settings. */
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
          return { notices: [...others, { ...news, id: nextNotice++ }] };
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
