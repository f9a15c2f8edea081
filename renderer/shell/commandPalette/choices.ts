import { layerIn } from '../../../src/check/faces.ts';
import type { NetworkDocument } from '../../../src/graph/document.ts';
import { namesOf } from '../../../src/layers/presets.ts';
import { withLibrary } from '../../../src/plan/library.ts';
import { offersIn } from '../../../src/plan/offers.ts';
import { same, type Text } from '../../../src/text.ts';
import { templates } from '../../../templates/index.ts';
import { useLibrary } from '../../design/library/libraryStore.ts';
import { addOffer } from '../../design/palette/addOffer.ts';
import type { CommandId } from '../../state/commands/command.ts';
import { commandIds, commandOf, keysText, runCommand } from '../../state/commands/commands.ts';
import { canvas } from '../../state/stores/canvasHandle.ts';
import { useUi } from '../../state/stores/stores.ts';
import { textOf, textWith } from '../../ui/i18n/i18n.ts';
import { matches } from '../../ui/search/match.ts';
import { openTemplate } from '../start/chooseTemplate.ts';

/** An entry of the command palette. */
export interface Choice {
  readonly id: string;
  readonly title: Text;
  /** Action and names of its object; a query matches either. Without them it matches the title. */
  readonly verb?: Text;
  readonly names?: readonly Text[];
  /** Kind of the entry, beside the title; for a disabled entry, the reason. */
  readonly note: Text;
  readonly hint?: Text;
  readonly keys?: string;
  readonly disabled?: boolean;
  run(): unknown;
}

/** All commands except the one that opens the palette. */
const listed = (): readonly CommandId[] => commandIds().filter((id) => id !== 'commandPalette');

function commandChoice(id: CommandId): Choice {
  const { title, hint, group, enabled, needs } = commandOf(id);
  const disabled = enabled?.() === false;
  return {
    id,
    title: textOf(title),
    note: textOf(disabled && needs !== undefined ? needs : `command.group.${group}`),
    ...(hint && { hint: textOf(hint) }),
    keys: keysText(id),
    disabled,
    run() {
      useUi.getState().usedCommand(id);
      runCommand(id);
    },
  };
}

const layerChoices = (doc: NetworkDocument): Choice[] =>
  offersIn(withLibrary(doc, useLibrary.getState().library)).map((offer) => ({
    id: `layer ${offer.id}`,
    title: textWith('commandPalette.add', { layer: offer.title }),
    verb: textOf('commandPalette.verb.add'),
    names: namesOf(offer),
    note: textOf(offer.layer.category === 'blocks' ? 'commandPalette.block' : 'commandPalette.layer'),
    run: () => addOffer(offer),
  }));

const templateChoices: readonly Choice[] = templates.map((template) => ({
  id: `template ${template.id}`,
  title: textWith('commandPalette.openTemplate', { template: template.title }),
  verb: textOf('commandPalette.verb.open'),
  names: [template.title],
  note: textOf('commandPalette.template'),
  run: () => openTemplate(template.document, template.title),
}));

const nodeChoices = (doc: NetworkDocument): Choice[] =>
  doc.nodes.map(({ id, name, layer }) => ({
    id: `node ${id}`,
    title: textWith('commandPalette.go', { node: same(name) }),
    verb: textOf('commandPalette.verb.go'),
    names: [same(name)],
    note: layerIn(doc, layer)?.title ?? same(layer),
    run() {
      useUi.getState().select({ nodes: [id] });
      canvas.current?.center(id);
    },
  }));

/** Bonus for recently run commands, so that they come first among equal matches. */
const RECENT = 5;
/** Maximum number of results. */
const SHOWN = 60;

/** Weight of a match in the verb; a match in a name has weight 1. */
const VERB = 0.4;

function scoreOf({ title, verb, names = [title] }: Choice, query: string): number {
  const words = query.split(/\s+/).filter(Boolean);
  const scores = words.map((word) => {
    const named = Math.max(...names.map((name) => matches(name, word) ?? -1));
    const done = verb === undefined ? -1 : (matches(verb, word) ?? -1);
    return Math.max(named, done * VERB);
  });
  return scores.some((score) => score < 0) ? -1 : scores.reduce((sum, score) => sum + score, 0) / words.length;
}

/** Matches for the query, best first. Without a query, all commands with recently run ones first. */
export function findChoices(document: NetworkDocument, query: string): readonly Choice[] {
  const recent = useUi.getState().recentCommands;
  const all = listed();
  const lately = all.filter((id) => recent.includes(id)).sort((a, b) => recent.indexOf(a) - recent.indexOf(b));
  const commandChoices = [...lately, ...all.filter((id) => !recent.includes(id))].map(commandChoice);
  if (query.trim() === '') return commandChoices;
  return [...commandChoices, ...nodeChoices(document), ...layerChoices(document), ...templateChoices]
    .map((choice) => ({ choice, score: scoreOf(choice, query) }))
    .filter(({ score }) => score >= 0)
    .map(({ choice, score }) => ({ choice, score: recent.includes(choice.id) ? score + RECENT : score }))
    .sort((a, b) => b.score - a.score)
    .slice(0, SHOWN)
    .map(({ choice }) => choice);
}
