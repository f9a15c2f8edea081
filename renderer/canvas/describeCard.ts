import type { Text } from '../../src/text.ts';
import type { SceneCard, SceneWire } from './scene.ts';

const list = (names: readonly string[], between: string): string => [...new Set(names)].join(between);

/** What a screen reader says of a card after its kind and name: settings, output shape, connections, problems. */
export function describeCard({ node, content }: SceneCard, wires: readonly SceneWire[]): Text {
  const from = wires.filter(({ edge }) => edge.to.node === node.id).map((wire) => wire.from.content.name);
  const to = wires.filter(({ edge }) => edge.from.node === node.id).map((wire) => wire.to.content.name);
  const { summary, shape, outputs, frozen, messages, inside } = content;
  const en = [
    summary.en,
    shape && (outputs.length > 0 ? `output ${shape}` : `input ${shape}`),
    from.length > 0 ? `from ${list(from, ', ')}` : content.inputs.length > 0 && 'input not connected',
    to.length > 0 ? `to ${list(to, ', ')}` : outputs.length > 0 && 'output not connected',
    frozen && 'frozen',
    inside !== null && 'expanded',
    ...messages.map((message) => message.en.replace(/\.$/, '')),
  ];
  const zh = [
    summary.zh,
    shape && (outputs.length > 0 ? `输出 ${shape}` : `输入 ${shape}`),
    from.length > 0 ? `来自 ${list(from, '、')}` : content.inputs.length > 0 && '输入未连接',
    to.length > 0 ? `连到 ${list(to, '、')}` : outputs.length > 0 && '输出未连接',
    frozen && '已冻结',
    inside !== null && '已展开',
    ...messages.map((message) => message.zh.replace(/。$/, '')),
  ];
  const told = (parts: readonly (string | false)[]): string[] =>
    parts.filter((part) => part !== false && part !== '') as string[];
  return { en: `${told(en).join(', ')}.`, zh: `${told(zh).join('，')}。` };
}
