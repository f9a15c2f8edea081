import { Panel, useReactFlow } from '@xyflow/react';
import { keysText, runCommand } from '../commands/commands.ts';
import { Button } from '../controls/Button.tsx';
import { useWords } from '../i18n/i18n.ts';
import { canvas } from './canvasHandle.ts';
import css from './GraphCanvas.module.css';

export function ZoomTools() {
  const { say } = useWords();
  const instance = useReactFlow();
  return (
    <Panel position="bottom-left" className={css.tools}>
      <Button icon="zoomIn" label={say('view.zoomIn')} onClick={() => instance.zoomIn({ duration: 120 })} />
      <Button icon="zoomOut" label={say('view.zoomOut')} onClick={() => instance.zoomOut({ duration: 120 })} />
      <Button icon="tidy" label={say('command.tidy')} hint={keysText('tidy')} onClick={() => runCommand('tidy')} />
      <Button icon="fit" label={say('view.fit')} hint="F" onClick={() => canvas.current?.fit()} />
    </Panel>
  );
}
