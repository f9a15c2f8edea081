import type { Card } from '../../../../src/check/card.ts';
import type { Language, Text } from '../../../../src/text.ts';

/** Cards connected to a card. */
export interface CardNeighbors {
  /** The source of each connected input. */
  readonly from: readonly { readonly port: string; readonly name: string }[];
  readonly to: readonly string[];
}

interface State {
  /** True for an expanded block. */
  readonly expanded: boolean;
  readonly messages: readonly Text[];
}

interface Words {
  readonly output: (shape: string) => string;
  readonly input: (shape: string) => string;
  readonly from: (names: string) => string;
  readonly to: (names: string) => string;
  /** `ports` is empty if the card has one input. */
  readonly free: (ports: readonly string[]) => string;
  readonly unused: string;
  readonly frozen: string;
  readonly partlyFrozen: string;
  readonly expanded: string;
  /** Separators between names and between parts, the end of the last part, and the separator between sentences. */
  readonly marks: readonly [names: string, parts: string, end: string, sentences: string];
}

const words: Readonly<Record<Language, Words>> = {
  en: {
    output: (shape) => `output ${shape}`,
    input: (shape) => `input ${shape}`,
    from: (names) => `from ${names}`,
    to: (names) => `to ${names}`,
    free: (ports) =>
      ['input', ports.length > 1 && 's', ports.length > 0 && ` ${ports.join(', ')}`, ' not connected']
        .filter(Boolean)
        .join(''),
    unused: 'output not connected',
    frozen: 'frozen',
    partlyFrozen: 'some layers inside frozen',
    expanded: 'expanded',
    marks: [', ', ', ', '.', ' '],
  },
  zh: {
    output: (shape) => `输出 ${shape}`,
    input: (shape) => `输入 ${shape}`,
    from: (names) => `来自 ${names}`,
    to: (names) => `连到 ${names}`,
    free: (ports) => (ports.length > 0 ? `输入 ${ports.join('、')} 未连接` : '输入未连接'),
    unused: '输出未连接',
    frozen: '已冻结',
    partlyFrozen: '内部部分冻结',
    expanded: '已展开',
    marks: ['、', '，', '。', ''],
  },
};

function describe(card: Card, { from, to }: CardNeighbors, { expanded, messages }: State, language: Language): string {
  const say = words[language];
  const [between, comma, end, space] = say.marks;
  const list = (names: readonly string[]): string => [...new Set(names)].join(between);
  const taken = new Set(from.map(({ port }) => port));
  const free = card.inputs.filter((port) => !taken.has(port));
  const parts = [
    card.summary[language],
    card.shape && (card.outputs.length > 0 ? say.output(card.shape) : say.input(card.shape)),
    from.length > 0 && say.from(list(from.map(({ name }) => name))),
    free.length > 0 && say.free(card.inputs.length > 1 ? free : []),
    to.length > 0 ? say.to(list(to)) : card.outputs.length > 0 && say.unused,
    card.frozen === 'all' && say.frozen,
    card.frozen === 'some' && say.partlyFrozen,
    expanded && say.expanded,
  ];
  const facts = `${parts.filter(Boolean).join(comma)}${end}`;
  return [facts, ...messages.map((message) => message[language])].join(space);
}

/** A card's name for screen readers. */
export const nameCard = ({ kind, name, repeat }: Card): Text => {
  const named = (language: Language) => `${kind[language]} ${name}${repeat > 1 ? ` ×${repeat}` : ''}`;
  return { en: named('en'), zh: named('zh') };
};

/** A card's description for screen readers, after its kind and name: settings, output shape, connections, problems. */
export const describeCard = (card: Card, connected: CardNeighbors, state: State): Text => ({
  en: describe(card, connected, state, 'en'),
  zh: describe(card, connected, state, 'zh'),
});
