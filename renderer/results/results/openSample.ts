import { useUi } from '../../state/stores/stores.ts';
import { showSample } from '../predict/predictStore.ts';

/** Shows a sample of the data in the predict panel. */
export function openSample(index: number): void {
  useUi.getState().showDock('predict');
  showSample('all', index).catch(console.error);
}
