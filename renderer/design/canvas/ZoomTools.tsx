import { Panel } from '@xyflow/react';
import { keysText, runCommand } from '../../state/commands/commands.ts';
import { useUi } from '../../state/stores/stores.ts';
import { Button } from '../../ui/controls/Button.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './GraphCanvas.module.css';

export function ZoomTools() {
  const { say } = useWords();
  // Tooltips show the user's keys.
  useUi((state) => state.keys);
  return (
    <Panel position="bottom-left" className={css.tools}>
      <Button icon="zoomIn" label={say('view.zoomIn')} hint={keysText('zoomIn')} onClick={() => runCommand('zoomIn')} />
      <Button
        icon="zoomOut"
        label={say('view.zoomOut')}
        hint={keysText('zoomOut')}
        onClick={() => runCommand('zoomOut')}
      />
      <Button icon="tidy" label={say('command.tidy')} hint={keysText('tidy')} onClick={() => runCommand('tidy')} />
      <Button icon="fit" label={say('view.fit')} hint={keysText('fit')} onClick={() => runCommand('fit')} />
    </Panel>
  );
}
