import { showPanel } from '../../state/workspaces/workspaceStore.ts';
import { showSample } from '../predict/predictStore.ts';

/** Shows a sample of the data in the predict panel. */
export function openSample(index: number): void {
  showPanel('predict');
  showSample('all', index).catch(console.error);
}
