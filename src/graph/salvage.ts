import type { Text } from '../text.ts';
import { type DocumentNode, documentSchema, type Edge, type NetworkDocument } from './document.ts';
import { type Json, mend } from './mend.ts';
import { unknownFields } from './unknownFields.ts';

/** The readable part of a document, with remarks about omitted and replaced parts. */
export interface Salvage {
  readonly document: NetworkDocument;
  /** Empty if everything was read. */
  readonly remarks: readonly Text[];
}

/** Max number of passes; one correction can reveal another problem, such as a field in a part that was missing. */
const PASSES = 5;
const SHOWN = 5;

const listed = (items: readonly string[], comma: string): string =>
  [...items.slice(0, SHOWN), ...(items.length > SHOWN ? ['…'] : [])].join(comma);

/** Reads as much as possible of a network that does not match the schema: newer, damaged or handmade. Null if nothing. */
export function salvage(json: Json): Salvage | null {
  const remarks: Text[] = [];
  let attempt = json;
  for (let pass = 0; pass < PASSES; pass++) {
    const parsed = documentSchema.safeParse(attempt);
    if (parsed.success) {
      const unknown = unknownFields(attempt, parsed.data);
      if (unknown.length > 0) remarks.push(leftOut(unknown));
      const { document } = wellFormed(parsed.data, remarks);
      return { document, remarks: shortened(remarks) };
    }
    const mended = mend(attempt, parsed.error.issues);
    attempt = mended.json;
    remarks.push(...mended.remarks);
  }
  return null;
}

const MOST_REMARKS = 30;

/** A short list for the user: each remark once, and the last one counts the rest. */
function shortened(remarks: readonly Text[]): readonly Text[] {
  const different = [...new Map(remarks.map((remark) => [remark.en, remark])).values()];
  if (different.length <= MOST_REMARKS) return different;
  const rest = different.length - MOST_REMARKS;
  return [
    ...different.slice(0, MOST_REMARKS),
    { en: `And ${rest} more problems like these.`, zh: `另有 ${rest} 处类似问题。` },
  ];
}

export const leftOut = (fields: readonly string[]): Text => ({
  en: `Unknown fields were left out: ${listed(fields, ', ')}.`,
  zh: `已略去未知的字段：${listed(fields, '、')}。`,
});

/** Makes ids unique, and removes edges without a layer at each end. */
function wellFormed(document: NetworkDocument, remarks: Text[]): Salvage {
  const nodes = document.nodes.map(uniqueIds<DocumentNode>((node) => remarks.push(sameId(node))));
  const present = new Set(nodes.map(({ id }) => id));
  const hasEnds = ({ from, to }: Edge): boolean => present.has(from.node) && present.has(to.node);
  const whole = document.edges.filter(hasEnds);
  const loose = document.edges.filter((edge) => !hasEnds(edge));
  if (loose.length > 0) remarks.push(looseEdges(loose, nodes));
  return {
    document: {
      ...document,
      nodes,
      edges: whole.map(uniqueIds()),
      notes: document.notes.map(uniqueIds()),
      frames: document.frames.map(uniqueIds()),
    },
    remarks,
  };
}

function uniqueIds<T extends { readonly id: string }>(onChange: (item: T) => void = () => {}): (item: T) => T {
  const seen = new Set<string>();
  /** Next number for each id, so that many equal ids take no longer than different ones. */
  const next = new Map<string, number>();
  return (item) => {
    let { id } = item;
    let n = next.get(item.id) ?? 2;
    for (; seen.has(id); n++) id = `${item.id}-${n}`;
    next.set(item.id, n);
    seen.add(id);
    if (id === item.id) return item;
    onChange(item);
    return { ...item, id };
  };
}

const sameId = ({ name, id }: DocumentNode): Text => ({
  en: `“${name}” has the same id “${id}” as another layer. It was given a new id, and the other layer kept the connections. Reconnect it.`,
  zh: `“${name}”与另一层的 id“${id}”相同。已为其分配新的 id，连线归另一层所有。请重新连接。`,
});

function looseEdges(edges: readonly Edge[], nodes: readonly DocumentNode[]): Text {
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  const ends = edges.map(({ from, to }) => `${names.get(from.node) ?? from.node} → ${names.get(to.node) ?? to.node}`);
  return {
    en: `Connections without a layer at one end were left out: ${listed(ends, ', ')}.`,
    zh: `已略去一端没有层的连线：${listed(ends, '、')}。`,
  };
}
