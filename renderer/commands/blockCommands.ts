import { planDissolve } from '../../src/check/dissolve.ts';
import { layerIn } from '../../src/check/faces.ts';
import { planBlock } from '../../src/check/makeBlock.ts';
import { textOf } from '../i18n/i18n.ts';
import { useDocument, useUi } from '../stores/stores.ts';
import type { Commands } from './command.ts';

const chosen = (): readonly string[] => useUi.getState().selection.nodes;

/** The one selected node, if it is a block with a known inside. */
function oneBlock(): string | null {
  const [id, ...more] = chosen();
  const { check } = useDocument.getState();
  return id !== undefined && more.length === 0 && check.nodes.get(id)?.inside ? id : null;
}

/** Called after its first layer; the inspector renames it. */
function makeBlock(): void {
  const { document, edit } = useDocument.getState();
  const { select, notify, language } = useUi.getState();
  const ids = new Set(chosen());
  const first = document.nodes.find(({ id }) => ids.has(id));
  const kind = first && layerIn(document, first.layer)?.title[language];
  const title = kind === undefined ? textOf('category.blocks')[language] : kind;
  const { edit: make, refused } = planBlock(document, [...ids], title);
  if (make === null) {
    notify({ tone: 'bad', message: refused });
    return;
  }
  edit([make]);
  select({ nodes: [make.node.id] });
}

function dissolveBlock(): void {
  const id = oneBlock();
  if (id === null) return;
  const { document, check, edit } = useDocument.getState();
  const plan = planDissolve(document, check, id);
  if (plan === null) return;
  edit([plan]);
  useUi.getState().select({ nodes: plan.body.nodes.map((node) => node.id) });
}

export const blockCommands = {
  makeBlock: {
    title: 'command.makeBlock',
    group: 'edit',
    keys: ['Mod+G'],
    enabled: () => chosen().length > 0,
    needs: 'command.needs.selection',
    run: makeBlock,
  },
  dissolveBlock: {
    title: 'command.dissolveBlock',
    group: 'edit',
    keys: ['Mod+Shift+G'],
    enabled: () => oneBlock() !== null,
    needs: 'command.needs.block',
    run: dissolveBlock,
  },
} satisfies Commands;
