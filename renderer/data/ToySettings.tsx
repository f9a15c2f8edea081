import { factsFrom, withOtherSource } from '../../src/data/known.ts';
import { type ToySource, toyFields, toySet, toySource } from '../../src/data/toySource.ts';
import { toyCurve, toyDefaults } from '../../src/data/toys.ts';
import { useDocument } from '../state/stores/stores.ts';
import rowCss from '../ui/fields/FieldRow.module.css';
import { FieldRow } from '../ui/fields/FieldRow.tsx';
import { useDraft } from '../ui/fields/useDraft.ts';
import { useWords } from '../ui/i18n/i18n.ts';
import { PointsPlane } from './PointsPlane.tsx';
import css from './ToySettings.module.css';

/** Settings with the range of their sliders; a number beyond it can be typed. */
const settings = [
  { field: toyFields.noise, key: 'noise', max: 1, step: 0.01 },
  { field: toyFields.samples, key: 'count', max: 5000, step: 10 },
  { field: toyFields.seed, key: 'seed', max: 100, step: 1 },
] as const;

/** Most samples in the plot, so that it follows the slider. */
const MOST_PLOTTED = 1000;

interface Props {
  readonly source: string;
  readonly toy: ToySource;
}

/** Settings of a generated dataset, with a plot that follows them. Releasing a slider makes one undo step. */
export function ToySettings({ source, toy }: Props) {
  const { say, pick } = useWords();
  const draft = useDraft<Props | null>(null);
  const settingsOf = (of: Props | null): ToySource => (of?.source === source ? of.toy : toy);
  const current = settingsOf(draft.value);
  const defaults = toyDefaults(toy.name);
  function commit(): void {
    const next = toySource(settingsOf(draft.latest()));
    if (next === source) return;
    const { root, editRoot } = useDocument.getState();
    editRoot([{ kind: 'setData', data: withOtherSource(root.data, next) }]);
  }
  return (
    <section aria-label={say('data.generated')}>
      <div className={rowCss.fields}>
        {settings.map(({ field, key, max, step }) => {
          const change = (value: number) =>
            draft.change({ source, toy: { ...settingsOf(draft.latest()), [key]: value } });
          return (
            <FieldRow
              key={key}
              field={{ ...field, default: defaults[key] }}
              value={current[key]}
              onChange={(value) => change(value as number)}
              onCommit={commit}
              onCancel={() => draft.change(null)}
            >
              <input
                type="range"
                className={css.slider}
                aria-label={say('data.slider', { name: pick(field.label) })}
                min={field.min}
                max={max}
                step={step}
                value={current[key]}
                onChange={({ target }) => change(Number(target.value))}
                onPointerUp={commit}
                onKeyUp={commit}
                onBlur={commit}
              />
            </FieldRow>
          );
        })}
      </div>
      <ToyPlot toy={current} />
    </section>
  );
}

/** Samples of a generated dataset in the plane: two features, or the target over one. Empty where there are more. */
function ToyPlot({ toy }: { readonly toy: ToySource }) {
  const data = toySet(toySource(toy), { count: Math.min(toy.count, MOST_PLOTTED) });
  const [input] = data?.inputs ?? [];
  const [target] = data?.targets ?? [];
  if (data === null || input === undefined || target === undefined || data.inputs.length > 1) return null;
  const curve = toyCurve(toy.name);
  const targets = Float32Array.from(target.data);
  if (curve !== null) {
    const width = input.data.length / data.count;
    const at = Float32Array.from({ length: 2 * data.count }, (_, place) => {
      const sample = place >> 1;
      return (place % 2 === 0 ? input.data[sample * width + curve] : targets[sample]) as number;
    });
    return <PointsPlane points={{ at, targets }} target={null} />;
  }
  if (input.shape[0] !== 2) return null;
  return (
    <PointsPlane points={{ at: Float32Array.from(input.data), targets }} target={factsFrom(data).targets[0] ?? null} />
  );
}
