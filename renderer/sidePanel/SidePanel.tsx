import { Tabs } from '../controls/Tabs.tsx';
import { useWords } from '../i18n/i18n.ts';
import { Outline } from '../outline/Outline.tsx';
import { Palette } from '../palette/Palette.tsx';
import { useUi } from '../stores/stores.ts';

/** What can be added, or what is there. */
export function SidePanel() {
  const { say } = useWords();
  const shown = useUi((state) => state.sideTab);
  return (
    <Tabs
      label={say('side.title')}
      tabs={[
        { id: 'layers', words: say('side.layers') },
        { id: 'outline', words: say('side.outline') },
      ]}
      shown={shown}
      onShow={useUi.getState().showSide}
    >
      {shown === 'layers' ? <Palette /> : <Outline />}
    </Tabs>
  );
}
