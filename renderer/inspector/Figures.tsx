import type { Totals } from '../../src/check/checkedGraph.ts';
import { useWords } from '../i18n/i18n.ts';
import { bytes, short, whole } from '../i18n/numbers.ts';
import { useDocument } from '../stores/stores.ts';
import css from './Inspector.module.css';

/** What a network, or the inside of a block, comes to. */
export function Figures({ layers, totals }: { readonly layers: number; readonly totals: Totals }) {
  const { say } = useWords();
  const batch = useDocument(({ root }) => root.recipe.batchSize);
  const { params, trainableParams, macs, activationBytes } = totals;
  const rows = [
    [say('network.layers'), whole(layers)],
    [say('inspector.params'), whole(params)],
    ...(trainableParams < params ? [[say('network.frozen'), whole(params - trainableParams)]] : []),
    [say('inspector.macs'), short(macs)],
    [say('inspector.activations', { batch }), bytes(activationBytes * batch)],
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
