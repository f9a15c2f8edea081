import type { TransformStep } from '../../../src/graph/document.ts';
import { transformOf } from '../../../src/transforms/index.ts';
import { unnormalized } from '../../../src/transforms/normalize.ts';
import { readSetting } from '../../../src/transforms/setting.ts';
import { targetText, useSample } from '../../state/samples/sampleStore.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { figure } from '../../ui/i18n/figure.ts';
import { type Say, useWords } from '../../ui/i18n/i18n.ts';
import { SHOWN, useGallery } from './galleryStore.ts';
import { type ShownVariants, useVariants, type Variants } from './useVariants.ts';
import css from './VariantGallery.module.css';
import { VariantImage } from './VariantImage.tsx';

/** A training sample before the transforms, in prediction, and in eight epochs of training. */
export function VariantGallery() {
  const { say, pick } = useWords();
  const { sample, epoch } = useGallery();
  const { shown, problem } = useVariants(sample, epoch);
  return (
    <section className={css.gallery} aria-label={say('transforms.gallery')}>
      <Walk answer={shown?.answer ?? null} />
      {problem !== null ? (
        <p className={css.problem} role="alert">
          {pick(problem)}
        </p>
      ) : (
        shown !== null && <Shown {...shown} />
      )}
    </section>
  );
}

/** Buttons to other samples. */
function Walk({ answer }: { readonly answer: Variants | null }) {
  const { say } = useWords();
  const sample = useSample(answer?.index ?? 0);
  const go = (to: number) => useGallery.setState({ sample: { kind: 'training', at: to } });
  const { at, total, part } = answer ?? { at: 0, total: 1, part: 'train' };
  return (
    <div className={css.row}>
      <Button icon="previous" label={say('transforms.previous')} onClick={() => go(at - 1)} />
      <Button icon="next" label={say('transforms.next')} onClick={() => go(part === 'train' ? at + 1 : at)} />
      <Button icon="shuffle" label={say('transforms.random')} onClick={() => go(Math.floor(Math.random() * total))} />
      <span className={css.sample} role="status">
        {answer !== null &&
          say('transforms.sample', { index: answer.index, target: sample === null ? '' : targetText(sample) })}
      </span>
    </div>
  );
}

/** Heading of the variants, with buttons to other epochs. */
function Epochs() {
  const { say } = useWords();
  const { epoch } = useGallery();
  return (
    <div className={css.row}>
      <h3>{say('transforms.eight')}</h3>
      <Button
        icon="previous"
        label={say('transforms.earlier')}
        disabled={epoch === 0}
        onClick={() => useGallery.setState({ epoch: Math.max(0, epoch - SHOWN) })}
      />
      <span className={css.epochs}>{say('transforms.epochs', { from: epoch + 1, to: epoch + SHOWN })}</span>
      <Button
        icon="next"
        label={say('transforms.later')}
        onClick={() => useGallery.setState({ epoch: epoch + SHOWN })}
      />
    </div>
  );
}

function Shown({ answer: { before, prediction, variants, part }, transforms, seed, mixing }: ShownVariants) {
  const { say, pick } = useWords();
  const { chosen } = useGallery();
  const visible = visibly(transforms);
  const [first, last] = [variants[0], variants.at(-1)];
  const described = variants[chosen] ?? first;
  return (
    <>
      <ul className={css.pair}>
        {(
          [
            ['transforms.before', before, before.data],
            ['transforms.prediction', prediction, visible(prediction.data, prediction.shape)],
          ] as const
        ).map(([key, { shape }, values]) => (
          <li key={key}>
            <VariantImage label={say(key)} shape={shape} values={values} />
            <span>
              {say(key)} <span className={css.shape}>{shape.join('×')}</span>
            </span>
          </li>
        ))}
      </ul>
      <Epochs />
      <ul className={css.variants}>
        {variants.map(({ epoch, shape, data, drawn }, i) => (
          <li key={epoch}>
            <button
              type="button"
              aria-pressed={i === chosen}
              title={drawn.map((each) => drawnWords(say, pick, transforms, each)).join('\n')}
              onClick={() => useGallery.setState({ chosen: i })}
            >
              <VariantImage
                label={say('transforms.epoch', { epoch: epoch + 1 })}
                shape={shape}
                values={visible(data, shape)}
              />
              <span aria-hidden="true">{epoch + 1}</span>
            </button>
          </li>
        ))}
      </ul>
      {described !== undefined && (
        <div className={css.described} role="status">
          <strong>{say('transforms.epoch', { epoch: described.epoch + 1 })}</strong>
          <ul>
            {described.drawn.map((each) => (
              <li key={each.place}>{drawnWords(say, pick, transforms, each)}</li>
            ))}
            <li>{say('transforms.values', figuresOf(described.data))}</li>
          </ul>
        </div>
      )}
      <p className={css.seeded}>
        {part === 'train'
          ? say('transforms.seeded', { from: (first?.epoch ?? 0) + 1, to: (last?.epoch ?? 0) + 1, seed })
          : say(`transforms.unused.${part}`)}
        {mixing !== null && ` ${say('transforms.beforeMixing', { mixing })}`}
      </p>
    </>
  );
}

type DrawnStep = Variants['variants'][number]['drawn'][number];

/** The values that a random transform has drawn, in words. */
function drawnWords(
  say: Say,
  pick: ReturnType<typeof useWords>['pick'],
  transforms: readonly TransformStep[],
  { place, caption }: DrawnStep,
): string {
  const transform = transformOf(transforms[place]?.type ?? '');
  const name = transform === undefined ? '' : pick(transform.title);
  const values = caption === null ? say('transforms.unchanged') : pick(caption);
  return say('transforms.drawn', { name, values });
}

/** The values as they can be shown, from 0 to 1: Normalize undone. */
function visibly(
  transforms: readonly TransformStep[],
): (values: Float32Array<ArrayBuffer>, shape: readonly number[]) => Float32Array<ArrayBuffer> {
  const place = transforms.findLastIndex(({ type, on }) => type === 'Normalize' && on !== false);
  const params = place < 0 ? null : readSetting(transforms, place).setting?.params;
  if (params == null) return (values) => values;
  return (values, [channels = 1]) =>
    unnormalized(values, channels, params as unknown as Parameters<typeof unnormalized>[2]);
}

function figuresOf(values: Float32Array): { low: string; high: string; mean: string } {
  let [low, high, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
    sum += value;
  }
  return { low: figure(low), high: figure(high), mean: figure(sum / values.length) };
}
