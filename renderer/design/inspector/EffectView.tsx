import type { DocumentNode } from '../../../src/graph/document.ts';
import { useDocument } from '../../state/stores/stores.ts';
import css from '../../ui/fields/Effect.module.css';
import { useWords } from '../../ui/i18n/i18n.ts';
import { bytes, whole } from '../../ui/i18n/numbers.ts';
import { ProblemBox } from '../problems/ProblemBox.tsx';
import { useDrawing } from './drawing.ts';
import { type Change, type Effect, effectOf } from './effectOf.ts';
import { useEffects } from './effectStore.ts';

export function useEffectOf(nodes: readonly DocumentNode[]): Effect | null {
  const { before, rootBefore } = useEffects();
  const check = useDrawing((drawing) => drawing.check);
  const rootCheck = useDocument((state) => state.rootCheck);
  if (before === null || rootBefore === null) return null;
  const ids = nodes.map(({ id }) => id);
  return effectOf(before, check, ids, { from: rootBefore, to: rootCheck });
}

const signed = (value: number, text: (value: number) => string): string =>
  `${value < 0 ? '−' : '+'}${text(Math.abs(value))}`;

/** Effect of the current change, before → after, at the foot of the panel, so that no field moves. */
export function EffectView({ nodes }: { readonly nodes: readonly DocumentNode[] }) {
  const { say } = useWords();
  const batch = useDocument(({ document }) => document.recipe.batchSize);
  const shown = useEffects((state) => state.shown);
  const effect = useEffectOf(nodes);
  if (effect === null || !shown) return null;
  const { shape, params, macs, totalParams, totalMacs, activationBytes } = effect;
  const memory = activationBytes && { from: activationBytes.from * batch, to: activationBytes.to * batch };
  const nothing = ![shape, params, macs, totalParams, totalMacs, memory].some(Boolean);
  return (
    <section className={css.effect} aria-label={say('effect.title')} aria-live="polite">
      <h2>{say('effect.title')}</h2>
      {nothing && <p className={css.nothing}>{say('effect.none')}</p>}
      <dl>
        {shape && (
          <div>
            <dt>{say('effect.shape')}</dt>
            <dd>
              {shape.from ?? say('effect.unknown')} <span className={css.arrow}>→</span>{' '}
              <b>{shape.to ?? say('effect.unknown')}</b>
            </dd>
          </div>
        )}
        <Figure label={say('inspector.params')} change={params} text={whole} />
        <Figure label={say('inspector.macs')} change={macs} text={whole} />
      </dl>
      {(totalParams || totalMacs || memory) && (
        <>
          <h3>{say('effect.network')}</h3>
          <dl>
            <Figure label={say('inspector.params')} change={totalParams} text={whole} />
            <Figure label={say('inspector.macs')} change={totalMacs} text={whole} />
            <Figure label={say('inspector.activations', { batch })} change={memory} text={bytes} />
          </dl>
        </>
      )}
    </section>
  );
}

interface FigureProps {
  readonly label: string;
  readonly change: Change<number> | undefined;
  text(value: number): string;
}

function Figure({ label, change, text }: FigureProps) {
  if (change === undefined) return null;
  const { from, to } = change;
  return (
    <div>
      <dt>
        {label}
        <span className={to > from ? css.more : css.less}>{signed(to - from, text)}</span>
      </dt>
      <dd>
        {text(from)} <span className={css.arrow}>→</span> <b>{text(to)}</b>
      </dd>
    </div>
  );
}

interface ProblemsProps {
  readonly nodes: readonly DocumentNode[];
  readonly field: string;
}

/** Problems that the value of a field causes, here or elsewhere, shown at the field. */
export function EffectProblems({ nodes, field }: ProblemsProps) {
  const changed = useEffects((state) => state.field);
  const effect = useEffectOf(nodes);
  const caused = effect?.problems.filter(({ port }) => port !== `config.${field}`) ?? [];
  return changed === field ? <ProblemBox diagnostics={caused} /> : null;
}
