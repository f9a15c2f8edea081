import type { ProviderReport } from '../../../src/protocol/device.ts';
import { type Provider, providerSchema } from '../../../src/provider.ts';
import { remembered } from '../../state/stores/remembered.ts';
import { useRun, useUi } from '../../state/stores/stores.ts';
import { deviceName } from './deviceName.ts';

/** Chosen device, remembered on this computer. */
const memory = remembered('netloom.device', providerSchema, 'cpu');

/** Sets the device for all later runs. */
export function chooseDevice(provider: Provider): void {
  memory.write(provider);
  useRun.getState().setDevice(provider);
  useUi.getState().settle('device');
}

/** Applies the provider reports of the engine: selects the remembered device, or notifies the user if it does not work. */
export function devicesFound(providers: readonly ProviderReport[]): void {
  const chosen = memory.read();
  const { setProviders, setDevice } = useRun.getState();
  setProviders(providers);
  const report = providers.find(({ provider }) => provider === chosen);
  if (report?.usable !== false) {
    if (report !== undefined) setDevice(chosen);
    return;
  }
  const reason = report.reason ?? { en: '–', zh: '–' };
  const name = deviceName(chosen);
  useUi.getState().notify({
    tone: 'bad',
    about: 'device',
    message: {
      en: `${name} does not work here now: ${reason.en}. Training is on the CPU until you choose another device.`,
      zh: `${name} 目前不可用：${reason.zh}。在选择其他设备之前，将在 CPU 上训练。`,
    },
  });
}

/** Device field of a training request. Omitted for the CPU, the default of the engine. */
export function onDevice(): { readonly device?: Provider } {
  const { provider = 'cpu' } = useRun.getState().provider ?? {};
  return provider === 'cpu' ? {} : { device: provider };
}
