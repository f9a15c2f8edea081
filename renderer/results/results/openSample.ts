import { showPanel } from '../../state/workspaces/workspaceStore.ts';
import { showSample } from '../predict/predictStore.ts';

/** Opens a sample of the dataset in the predict panel. */
export function openSample(index: number): void {
  showPanel('predict');
  void showSample('all', index);
}
