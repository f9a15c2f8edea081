import { factsOf } from '../../../src/data/known.ts';
import { asImageShape, mainField } from '../../../src/data/prepared.ts';
import type { Diagnostic } from '../../../src/graph/diagnostic.ts';
import { applyFixToNetwork } from '../../state/stores/applyFix.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { EmptyState } from '../../ui/controls/EmptyState.tsx';
import fixCss from '../../ui/controls/FixButtons.module.css';
import { useWords } from '../../ui/i18n/i18n.ts';
import { TransformLanes } from './TransformLanes.tsx';
import css from './TransformsPanel.module.css';
import { VariantGallery } from './VariantGallery.tsx';

/** The transforms of the images in order, beside a sample before and after them. */
export function TransformsPanel() {
  const { say } = useWords();
  const data = useDocument(({ root }) => root.data);
  const diagnostics = useDocument(({ rootCheck }) => rootCheck.diagnostics);
  const facts = factsOf(data);
  const image = asImageShape(mainField(facts?.inputs ?? [])?.shape ?? []);
  if (facts === null) return <EmptyState>{say('data.unknown')}</EmptyState>;
  if (image === null) {
    const found = diagnostics.filter(({ code }) => code === 'transforms-no-images');
    if (found.length > 0) return <Misfits found={found} />;
    return <EmptyState>{say('transforms.noImages')}</EmptyState>;
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
    <section className={css.panel} aria-label={say('panel.transforms')} tabIndex={0}>
      <div className={css.list}>
        <TransformLanes image={image} />
        <Misfits found={diagnostics.filter(({ code }) => code === 'data-shape')} />
      </div>
      <div className={css.view}>
        <VariantGallery />
      </div>
    </section>
  );
}

/** Problems between the images after the transforms and the network, with their fixes. */
function Misfits({ found }: { readonly found: readonly Diagnostic[] }) {
  const { pick } = useWords();
  return found.map(({ code, node, message, fixes }) => (
    <div key={`${code} ${node}`} className={css.misfit} role="alert">
      {pick(message)}
      <div className={fixCss.fixes}>
        {fixes.map((fix) => (
          <button key={fix.title.en} type="button" className={fixCss.fix} onClick={() => applyFixToNetwork(fix)}>
            {pick(fix.title)}
          </button>
        ))}
      </div>
    </div>
  ));
}
