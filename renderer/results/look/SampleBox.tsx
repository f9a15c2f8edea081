import { useMemo } from 'react';
import { useClassNames } from '../../state/data/classNames.ts';
import { useUi } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { percent, whole } from '../../ui/i18n/numbers.ts';
import { Icon } from '../../ui/icons/Icon.tsx';
import { LayerIcon } from '../../ui/icons/LayerIcon.tsx';
import { useLook } from './lookStore.ts';
import { Pixels } from './Pixels.tsx';
import type { LookReply } from './requests.ts';
import css from './SampleBox.module.css';
import { sampleImage } from './sampleImage.ts';
import type { Station } from './stations.ts';

interface Props {
  /** Selected layer; null for the overview of all layers. */
  readonly station: Station | null;
  readonly looked: LookReply['looked'];
}

/** Selected layer, current sample, and prediction of the network for the sample. */
export function SampleBox({ station, looked }: Props) {
  const { say, pick } = useWords();
  const sample = looked?.sample ?? null;
  const image = useMemo(() => (sample?.inputs[0] === undefined ? null : sampleImage(sample.inputs[0])), [sample]);
  const { showSample } = useLook.getState();
  const at = useLook((state) => state.sample);
  return (
    <section className={css.box} aria-label={say('look.sample')}>
      {station === null ? (
        <h2 className={css.title}>{say('look.title')}</h2>
      ) : (
        <>
          <Button label={say('look.all')} icon="previous" onClick={() => useUi.getState().select({})}>
            {say('look.all')}
          </Button>
          <h2 className={css.layer}>
            <span className={css.icon} style={{ color: `var(--category-${station.card.category})` }}>
              <LayerIcon layer={station.card.layer} category={station.card.category} />
            </span>
            <span className={css.name}>{station.card.name}</span>
            <span className={css.kind}>{pick(station.card.kind)}</span>
          </h2>
        </>
      )}
      <div className={css.which}>
        {image !== null && <Pixels raster={image} label={say('look.sampleImage')} className={css.image} />}
        <div hidden={sample === null}>
          <div className={css.choose}>
            <Button label={say('look.previous')} icon="previous" onClick={() => showSample(at - 1)} />
            <Button
              label={say('look.random')}
              icon="shuffle"
              onClick={() => showSample(Math.floor(Math.random() * (sample?.count ?? 1)))}
            />
            <Button label={say('look.next')} icon="next" onClick={() => showSample(at + 1)} />
          </div>
          {sample?.index != null && (
            <p>{say('look.which', { index: whole(sample.index + 1), count: whole(sample.count) })}</p>
          )}
        </div>
      </div>
      {sample !== null && <Classes label={sample.label} probabilities={sample.probabilities} />}
      {looked?.trained === false && <p className={css.untrained}>{say('look.untrained')}</p>}
    </section>
  );
}

interface ClassesProps {
  readonly label: number | null;
  readonly probabilities: Float32Array | null;
}

/** True class and predicted class. */
function Classes({ label, probabilities }: ClassesProps) {
  const { say } = useWords();
  const names = useClassNames();
  const name = (index: number): string => names[index] ?? `${index}`;
  if (probabilities === null) return label === null ? null : <p>{say('look.class', { label: name(label) })}</p>;
  const best = probabilities.indexOf(Math.max(...probabilities));
  const right = label === null || best === label;
  return (
    <>
      {label !== null && <p>{say('look.class', { label: name(label) })}</p>}
      <p className={right ? css.right : css.wrong}>
        <Icon name={right ? 'good' : 'close'} size={13} />
        {say('look.says', { label: name(best), share: percent(probabilities[best] as number) })}
      </p>
    </>
  );
}
