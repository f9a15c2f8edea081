import { showSample } from '../predict/predictStore.ts';
import { useUi } from '../stores/stores.ts';

/** Shows a sample of the data in the predict panel. */
export function openSample(index: number): void {
  useUi.getState().showDock('predict');
  showSample('all', index).catch(console.error);
}
