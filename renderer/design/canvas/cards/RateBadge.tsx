import { groupAt } from '../../../../src/plan/rateGroups.ts';
import { levelPath } from '../../../state/levels/levelPath.ts';
import { useDocument } from '../../../state/stores/stores.ts';
import { useWords } from '../../../ui/i18n/i18n.ts';
import css from './LayerNode.module.css';

/** Learning rate and weight decay of a layer in a parameter group, relative to the optimizer; nothing without a group. */
export function RateBadge({ name }: { readonly name: string }) {
  const { say } = useWords();
  const group = useDocument(({ root, levels }) =>
    root.recipe.groups === undefined ? null : groupAt(root.recipe, [...levelPath(levels), name].join('/')),
  );
  if (group === null) return null;
  const { learningRateScale = 1, weightDecay } = group;
  if (learningRateScale === 1 && weightDecay === undefined) return null;
  const texts = [
    ...(learningRateScale === 1
      ? []
      : [['×', learningRateScale, say('fineTuning.badge', { rate: `×${learningRateScale}` })]]),
    ...(weightDecay === undefined ? [] : [['λ ', weightDecay, say('fineTuning.badgeDecay', { decay: weightDecay })]]),
  ];
  return (
    <span className={css.rate} title={texts.map(([, , title]) => title).join(', ')}>
      {texts.map(([mark, value]) => `${mark}${value}`).join(' ')}
    </span>
  );
}
