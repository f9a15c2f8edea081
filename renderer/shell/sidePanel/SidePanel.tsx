import { Outline } from '../../design/outline/Outline.tsx';
import { Palette } from '../../design/palette/Palette.tsx';
import { useUi } from '../../state/stores/stores.ts';
import { Tabs } from '../../ui/controls/Tabs.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';

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
