import { type ContextType, useMemo } from 'react';
import { useCompare } from '../../state/stores/compareStore.ts';
import { useDocument } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { Icon } from '../../ui/icons/Icon.tsx';
import { ChoosingTemplate } from '../start/chooseTemplate.ts';
import { RecentList } from '../start/RecentList.tsx';
import start from '../start/StartPage.module.css';
import { TemplateGallery } from '../start/TemplateGallery.tsx';
import { useOffers } from '../start/useOffers.ts';
import css from './CompareView.module.css';
import { compareWithSaved, savedState } from './openNetwork.ts';
import { compareWithFile } from './reading.ts';

const choosing: ContextType<typeof ChoosingTemplate> = {
  action: 'compare.withThis',
  choose: (document, title) => useCompare.getState().compareWith(document, title),
};

/** Choice of the network to compare with: an earlier state, a file or a template. */
export function ChooseOther() {
  const { say } = useWords();
  const { close } = useCompare.getState();
  const { recent, refresh } = useOffers();
  const { name } = useDocument((state) => state.root);
  const fileName = useDocument((state) => state.fileName);
  const earlier = useMemo(savedState, []);
  return (
    <div className={`${start.inside} ${css.choosing}`}>
      <header className={start.head}>
        <h2 className={start.title}>{say('compare.choose', { name })}</h2>
        <Button icon="close" label={say('compare.close')} hint="Esc" onClick={close} />
      </header>
      <div className={start.columns}>
        <div className={start.side}>
          <section aria-label={say('compare.sources')}>
            <h3 className={start.heading}>{say('compare.sources')}</h3>
            {earlier !== null && (
              <button type="button" className={start.action} onClick={compareWithSaved}>
                <Icon name="reset" />
                {say(fileName === null ? 'compare.withOpened' : 'compare.withSaved')}
              </button>
            )}
            <button
              type="button"
              className={start.action}
              onClick={() => compareWithFile({ kind: 'dialog' }).catch(console.error)}
            >
              <Icon name="open" />
              {say('compare.file')}
            </button>
          </section>
          <section aria-label={say('start.recent')}>
            <h3 className={start.heading}>{say('start.recent')}</h3>
            <RecentList
              recent={recent}
              refresh={refresh}
              choose={(id) => compareWithFile({ kind: 'recent', id }).catch(console.error)}
            />
          </section>
        </div>
        <ChoosingTemplate value={choosing}>
          <TemplateGallery />
        </ChoosingTemplate>
      </div>
    </div>
  );
}
