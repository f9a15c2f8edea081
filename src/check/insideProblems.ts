import type { Diagnostic, Fix } from '../graph/diagnostic.ts';
import type { BlockBody, DocumentNode } from '../graph/document.ts';
import type { Edit } from '../graph/edits.ts';
import { freshName } from '../graph/freshName.ts';
import { inputNameOf, isPort } from '../graph/insideDrawing.ts';
import { readConfig } from '../layers/config.ts';
import type { Problem } from '../layers/layer.ts';
import type { Text } from '../text.ts';
import { type Drawing, nodeText } from './drawing.ts';
import type { BlockFace } from './faces.ts';
import { setConfigFix } from './fixes.ts';
import { type Copy, type Inside, insideDiagnostics, lookInside } from './inside.ts';
import type { DraftDiagnostic } from './report.ts';

const inBlock = (block: string, message: Text): Text => ({
  en: `Inside “${block}”: ${message.en}`,
  zh: `在“${block}”内：${message.zh}`,
});

const pathOf = (diagnostic: Diagnostic): readonly string[] =>
  diagnostic.inside?.path ?? (diagnostic.node === null ? [] : [diagnostic.node]);

/** Problems inside a block, as problems of its node on the canvas. */
export function insideProblems(drawing: Drawing, node: DocumentNode, inside: Inside): readonly DraftDiagnostic[] {
  const found = insideDiagnostics(inside).map(({ number, diagnostic }): DraftDiagnostic => {
    const copy = inside.repeat > 1 ? [`${number}`] : [];
    const { body, memory } = inside.copies[number - 1] as Copy;
    const place: Place = { drawing, node, inside, body };
    const inner = memory.result.nodes.get(diagnostic.node ?? '')?.name;
    const within = [node.name, ...copy].join('/');
    const block = diagnostic.inside === undefined ? within : `${within}/${diagnostic.inside.block}`;
    const name = [within, diagnostic.inside?.name ?? inner].filter((part) => part !== undefined).join('/');
    const message = diagnostic.inside?.message ?? diagnostic.message;
    const port = exposedAs(place.body, diagnostic.node, diagnostic.port?.replace('config.', '') ?? '');
    return {
      ...(diagnostic.severity !== 'error' && { severity: diagnostic.severity }),
      code: diagnostic.code,
      node: node.id,
      port: port === null ? null : `config.${port}`,
      message: inBlock(block, message),
      fixes: diagnostic.fixes.flatMap((fix) => liftedFix(place, fix) ?? []),
      inside: { path: [node.id, ...copy, ...pathOf(diagnostic)], block, name, message },
    };
  });
  const self = nodeText(node, inside.face.layer);
  const refused = inside.refused.map(({ code, port, message }): DraftDiagnostic => {
    const repeat = Math.max(1, inside.copies.filter(({ outputs }) => outputs !== null).length);
    return {
      code,
      node: node.id,
      port,
      message: message({ self, from: (name) => name }),
      fixes: [repeatFix(node, code === 'repeat-ports' ? 1 : repeat)],
    };
  });
  // The messages of later copies contain sizes that the user did not set, so the summary comes first.
  return [...refused, ...found];
}

export const repeatFix = (node: DocumentNode, repeat: number): Fix => ({
  title: {
    en: repeat === 1 ? `Do not repeat “${node.name}”` : `Repeat “${node.name}” ${repeat} times`,
    zh: repeat === 1 ? `不重复“${node.name}”` : `将“${node.name}”的重复次数设为 ${repeat}`,
  },
  edits: [{ kind: 'setRepeat', node: node.id, repeat }],
});

/** The first problem inside, for the shape rule of a block. */
export function insideRefusals(inside: Inside): readonly Problem[] {
  const first = insideDiagnostics(inside).find(({ diagnostic }) => diagnostic.severity === 'error');
  if (first === undefined) return inside.refused;
  const { code, message, inside: deeper } = first.diagnostic;
  const raw = deeper?.message ?? message;
  return [
    {
      code,
      port: null,
      message: ({ self }) => ({ en: `Inside ${self.en}: ${raw.en}`, zh: `在${self.zh}内：${raw.zh}` }),
      fixes: [],
    },
  ];
}

interface Place {
  readonly drawing: Drawing;
  readonly node: DocumentNode;
  readonly inside: Inside;
  readonly body: BlockBody;
}

/** The key under which a block exposes a setting of a node inside, or null. */
const exposedAs = ({ exposed }: BlockBody, node: string | null, field: string): string | null =>
  exposed.find((entry) => entry.node === node && entry.field === field)?.key ?? null;

/** Converts a fix inside to one of the drawing around the block; null if that is not possible. */
function liftedFix(place: Place, { title, edits }: Fix): Fix | null {
  const [only] = edits;
  if (edits.length === 1 && only?.kind === 'setConfig') {
    const key = exposedAs(place.body, only.node, only.key);
    if (key !== null)
      return mends(place, key, only.value) ? setConfigFix(place.node, faceOf(place).layer, key, only.value) : null;
  }
  const lifted = edits.map((edit) => liftedEdit(place, edit));
  return lifted.every((edit) => edit !== null) ? { title, edits: lifted } : null;
}

const faceOf = ({ inside }: Place): BlockFace => inside.face;

/** True if setting the block also fixes the problem inside; the setting may affect several nodes. */
function mends({ node, inside, ...place }: Place, key: string, value: DocumentNode['config'][string]): boolean {
  const { layer } = faceOf({ node, inside, ...place });
  const { config, problems } = readConfig(layer.config, { ...node.config, [key]: value });
  const given = inside.copies[0]?.inputs;
  if (problems.length > 0 || given === undefined) return false;
  const looked = lookInside(inside.face, config, inside.repeat, given, null);
  return !('problems' in looked) && looked.outputs !== null;
}

function liftedEdit(place: Place, edit: Edit): Edit | null {
  const { definition } = faceOf(place);
  if (edit.kind === 'editBlock') return edit;
  if (edit.kind === 'insertNode' && isPort(edit.edge)) return liftedInsert(place, edit);
  if (definition === null || namesPort(edit)) return null;
  return { kind: 'editBlock', block: definition.id, edits: [edit] };
}

const namesPort = (edit: Edit): boolean => {
  switch (edit.kind) {
    case 'insertNode':
      return isPort(edit.edge);
    case 'removeNodes':
      return edit.nodes.some(isPort);
    case 'setConfig':
    case 'setRepeat':
    case 'setOpen':
      return isPort(edit.node);
    case 'renameNode':
      return isPort(edit.node);
    case 'replaceNode':
      return isPort(edit.node.id);
    default:
      return false;
  }
};

/** Converts an insertion after an input port to one before the block. */
function liftedInsert({ drawing, node, inside }: Place, edit: Edit & { kind: 'insertNode' }): Edit | null {
  const body = inside.copies[0]?.body;
  const port = body && inputNameOf(body, edit.edge.slice(0, edit.edge.indexOf('.y>')));
  const edge = drawing.wiring.into.get(node.id)?.get(port ?? '');
  if (edge === undefined) return null;
  const { names, ids } = drawing.taken();
  const name = freshName(edit.node.name, names);
  const before = { x: node.position.x, y: node.position.y - 60 };
  return { ...edit, edge: edge.id, node: { ...edit.node, id: freshName(name, ids), name, position: before } };
}
