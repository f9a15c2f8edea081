import { showFromHere } from '../../state/levels/navigate.ts';
import { useDocument } from '../../state/stores/stores.ts';
import rowCss from '../../ui/fields/FieldRow.module.css';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './Recipe.module.css';

/** Row with the loss function. Its setting belongs to the output layers. */
export function LossRow() {
  const { say, pick } = useWords();
  const graph = useDocument((state) => state.rootCheck.graph);
  const outputs = graph?.nodes.filter(({ layer }) => layer.output !== undefined) ?? [];
  return (
    <div className={rowCss.row}>
      <span className={rowCss.label} title={say('recipe.lossHint')}>
        {say('recipe.loss')}
      </span>
      <div className={css.losses}>
        {outputs.map(({ node, layer, config }) => {
          const field = layer.config.loss;
          const option = field?.kind === 'choice' && field.options.find(({ value }) => value === config.loss);
          return (
            <button
              key={node.id}
              type="button"
              className={css.loss}
              title={say('recipe.lossOf', { name: node.name })}
              onClick={() => showFromHere(node.id.split('/'))}
            >
              {option ? pick(option.label) : pick(layer.title)} <span>{node.name}</span>
            </button>
          );
        })}
        {outputs.length === 0 && <span className={css.note}>{say('recipe.noLoss')}</span>}
        {outputs.length > 1 && <span className={css.note}>{say('recipe.lossSum')}</span>}
      </div>
    </div>
  );
}
