import type { Totals } from '../../../src/check/checkedGraph.ts';
import { useAnalysis } from '../../state/analysis/analysisStore.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { bytes, short, whole } from '../../ui/i18n/numbers.ts';
import css from './Inspector.module.css';

interface Props {
  readonly layers: number;
  readonly totals: Totals;
  /** True for the whole network, whose training memory is known. */
  readonly whole?: boolean;
}

/** Size and cost of a network, or of the inside of a block. */
export function Figures({ layers, totals, whole: network = false }: Props) {
  const { say } = useWords();
  const batch = useDocument(({ root }) => root.recipe.batchSize);
  const peak = useAnalysis((state) => state.costs.get(batch)?.training.peak);
  const { params, trainableParams, macs, activationBytes } = totals;
  const rows = [
    [say('network.layers'), whole(layers)],
    [say('inspector.params'), whole(params)],
    ...(trainableParams < params ? [[say('network.frozen'), whole(params - trainableParams)]] : []),
    [say('inspector.macs'), short(macs)],
    network
      ? [say('inspector.trainingMemory', { batch }), peak === undefined ? '…' : `≈ ${bytes(peak)}`]
      : [say('inspector.activations', { batch }), bytes(activationBytes * batch)],
  ];
  return (
    <dl className={css.figures}>
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
