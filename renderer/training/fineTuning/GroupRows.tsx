import type { ParamGroup } from '../../../src/graph/recipe.ts';
import { float } from '../../../src/layers/config.ts';
import { prefixOf, withGroups } from '../../../src/plan/rateGroups.ts';
import { levelPath } from '../../state/levels/levelPath.ts';
import { slowBody } from '../../state/run/fineTuning.ts';
import { useDocument, useUi } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { FieldRow } from '../../ui/fields/FieldRow.tsx';
import { textOf, useWords } from '../../ui/i18n/i18n.ts';
import css from './FineTuning.module.css';

const NONE: readonly ParamGroup[] = [];

const scaleField = float({
  label: textOf('fineTuning.rateScale'),
  help: textOf('fineTuning.rateScaleHint'),
  default: 1,
  min: 0,
  max: 1000,
  step: 0.1,
});
const decayField = (usual: number) =>
  float({ label: textOf('fineTuning.decay'), default: usual, min: 0, max: 1, step: 0.0001 });

/** Paths of the selected layers, from the network on. */
function selectedPaths(): readonly string[] {
  const { document, levels } = useDocument.getState();
  const { nodes } = useUi.getState().selection;
  return document.nodes
    .filter(({ id }) => nodes.includes(id))
    .map(({ name }) => [...levelPath(levels), name].join('/'));
}

/** Groups of parameters with a learning rate and weight decay of their own. */
export function GroupRows() {
  const { say } = useWords();
  const recipe = useDocument(({ root }) => root.recipe);
  const names = useDocument(({ rootCheck }) => rootCheck.graph)?.nodes.map(({ node }) => prefixOf(node.name)) ?? null;
  const selected = useUi(({ selection }) => selection.nodes.length);
  const { groups = NONE } = recipe;
  const { commit, cancel, transient, edit } = useDocument.getState();
  const withAll = (next: readonly ParamGroup[]) => [{ kind: 'setRecipe', recipe: withGroups(recipe, next) } as const];
  const change = (at: number, group: ParamGroup): void => transient(withAll(groups.with(at, group)));
  const nameOf = ({ match }: ParamGroup): string =>
    match === '' ? say('fineTuning.otherLayers') : match.replace(/\/$/, '');
  const add = (): void => {
    const known = new Set(groups.map(({ match }) => match));
    const added = selectedPaths()
      .map(prefixOf)
      .filter((match) => !known.has(match));
    if (added.length > 0) edit(withAll([...added.map((match) => ({ match, learningRateScale: 1 })), ...groups]));
  };
  return (
    <section className={css.groups} aria-label={say('fineTuning.groups')}>
      <h3 className={css.heading} title={say('fineTuning.groupsHint')}>
        {say('fineTuning.groups')}
      </h3>
      {groups.map((group, at) => (
        <div key={group.match} className={css.group}>
          <div className={css.groupHead}>
            <strong>{nameOf(group)}</strong>
            {names !== null && group.match !== '' && !names.some((name) => related(name, group.match)) && (
              <span className={css.words}>{say('fineTuning.noLayer')}</span>
            )}
            <Button
              icon="close"
              label={say('fineTuning.removeGroup', { name: nameOf(group) })}
              onClick={() => edit(withAll(groups.toSpliced(at, 1)))}
            />
          </div>
          <FieldRow
            field={scaleField}
            value={group.learningRateScale ?? 1}
            onChange={(value) => change(at, { ...group, learningRateScale: value as number })}
            onCommit={commit}
            onCancel={cancel}
          />
          <FieldRow
            field={decayField(recipe.optimizer.weightDecay)}
            value={group.weightDecay ?? recipe.optimizer.weightDecay}
            changed={group.weightDecay !== undefined}
            onReset={() => {
              const { weightDecay: _, ...rest } = group;
              edit(withAll(groups.with(at, rest)));
            }}
            onChange={(value) => change(at, { ...group, weightDecay: value as number })}
            onCommit={commit}
            onCancel={cancel}
          />
        </div>
      ))}
      <div className={css.buttons}>
        <Button look="outlined" label={say('fineTuning.bodyRate')} onClick={slowBody}>
          {say('fineTuning.bodyRate')}
        </Button>
        <Button
          look="outlined"
          label={say('fineTuning.addGroup')}
          hint={say('fineTuning.addGroupHint')}
          disabled={selected === 0}
          onClick={add}
        >
          {say('fineTuning.addGroup')}
        </Button>
      </div>
    </section>
  );
}

const related = (name: string, match: string): boolean => name.startsWith(match) || match.startsWith(name);
