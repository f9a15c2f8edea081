import { type KeyboardEvent, useEffect, useRef } from 'react';
import { emptyDocument } from '../../../src/graph/document.ts';
import { openFrom, startFrom } from '../../state/files/opening.ts';
import { useUi } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import { Icon, type IconName } from '../../ui/icons/Icon.tsx';
import { InterruptedList } from './InterruptedList.tsx';
import { LostList } from './LostList.tsx';
import { nearest } from './nearest.ts';
import { PretrainedList } from './PretrainedList.tsx';
import { RecentList } from './RecentList.tsx';
import css from './StartPage.module.css';
import { FamilyIndex, TemplateGallery } from './TemplateGallery.tsx';
import { useOffers } from './useOffers.ts';

/** Ways to begin, over the whole window except its bars: unsaved work, an empty network, recent files, templates. */
export function StartPage() {
  const { say } = useWords();
  const atStart = useUi((state) => state.startPageFirst);
  const { showStartPage, setStartPageFirst } = useUi.getState();
  const frame = useRef<HTMLElement>(null);
  const { lost, recent, refresh } = useOffers();

  useEffect(() => {
    frame.current?.focus();
    const onKeyDown = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      showStartPage(false);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [showStartPage]);

  return (
    <section ref={frame} className={css.page} aria-label={say('start.title')} tabIndex={-1} onKeyDown={walk}>
      <div className={css.inside}>
        <header className={css.head}>
          <div>
            <h2 className={css.title}>{say('app.name')}</h2>
            <p className={css.motto}>{say('start.motto')}</p>
          </div>
          <Button icon="close" label={say('start.close')} hint="Esc" onClick={() => showStartPage(false)} />
        </header>
        {lost.length > 0 && <LostList lost={lost} refresh={refresh} />}
        <InterruptedList lost={lost} />
        <div className={css.columns}>
          <div className={css.side}>
            <section aria-label={say('start.begin')}>
              <h3 className={css.heading}>{say('start.begin')}</h3>
              <Action icon="new" label={say('start.empty')} run={() => startFrom(emptyDocument)} />
              <Action icon="open" label={say('file.open')} run={() => openFrom({ kind: 'dialog' })} />
            </section>
            <section aria-label={say('start.recent')}>
              <h3 className={css.heading}>{say('start.recent')}</h3>
              <RecentList recent={recent} refresh={refresh} />
            </section>
            <section aria-label={say('start.pretrained')}>
              <h3 className={css.heading} title={say('start.pretrainedAbout')}>
                {say('start.pretrained')}
              </h3>
              <PretrainedList />
              <Action icon="table" label={say('modelLibrary.open')} run={openLibrary} />
            </section>
            <FamilyIndex />
          </div>
          <TemplateGallery />
        </div>
        <label className={css.choice}>
          <input type="checkbox" checked={atStart} onChange={({ target }) => setStartPageFirst(target.checked)} />
          {say('start.atStart')}
        </label>
      </div>
    </section>
  );
}

async function openLibrary(): Promise<void> {
  useUi.getState().showSurface('library');
}

interface ActionProps {
  readonly icon: IconName;
  readonly label: string;
  run(): Promise<unknown>;
}

function Action({ icon, label, run }: ActionProps) {
  return (
    <button type="button" className={css.action} onClick={() => run().catch(console.error)}>
      <Icon name={icon} />
      {label}
    </button>
  );
}

/** Arrow keys move the focus to the nearest button in that direction. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const { key, currentTarget } = event;
  if (!key.startsWith('Arrow') || (event.target as Element).matches('[type=search]')) return;
  const buttons = [...currentTarget.querySelectorAll<HTMLElement>('button, input')];
  const boxes = buttons.map((button) => button.getBoundingClientRect());
  const from = buttons.indexOf(document.activeElement as HTMLElement);
  const next = from < 0 ? 0 : nearest(boxes, from, key);
  if (next === null) return;
  event.preventDefault();
  buttons[next]?.focus();
}
