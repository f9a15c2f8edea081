import { useEffect, useMemo, useRef } from 'react';
import { compareNetworks } from '../../../src/compare/compare.ts';
import { same } from '../../../src/text.ts';
import { type Other, useCompare } from '../../state/stores/compareStore.ts';
import { useWords } from '../../ui/i18n/i18n.ts';
import { ChooseOther } from './ChooseOther.tsx';
import { Compared } from './Compared.tsx';
import css from './CompareView.module.css';
import { useOpenNetwork } from './openNetwork.ts';

/** Comparison of two networks, over the whole window except its bars. It changes neither network. */
export function CompareView() {
  const { say } = useWords();
  const other = useCompare((state) => state.other);
  const frame = useRef<HTMLElement>(null);

  useEffect(() => {
    const before = document.activeElement;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      useCompare.getState().close();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  useEffect(() => {
    // The search field gets the focus first, because the list of networks is long.
    const search = other === null ? frame.current?.querySelector<HTMLElement>('[type=search]') : null;
    (search ?? frame.current)?.focus();
  }, [other]);

  return (
    <section ref={frame} className={css.page} aria-label={say('compare.title')} tabIndex={-1}>
      {other === null ? <ChooseOther /> : <WithOther other={other} />}
    </section>
  );
}

function WithOther({ other }: { readonly other: Other }) {
  const otherFirst = useCompare((state) => state.otherFirst);
  const instead = useCompare((state) => state.instead);
  const { document, check } = useOpenNetwork();
  const own = useMemo(
    (): Other => instead ?? { document, check, name: same(document.name) },
    [instead, document, check],
  );
  const [a, b] = otherFirst ? [other, own] : [own, other];
  const comparison = useMemo(() => compareNetworks(a, b), [a, b]);
  return <Compared a={a} b={b} comparison={comparison} />;
}
