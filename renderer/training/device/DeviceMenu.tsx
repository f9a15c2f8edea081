import type { Provider } from '../../../src/provider.ts';
import { isActive } from '../../state/stores/runStore.ts';
import { useRun } from '../../state/stores/stores.ts';
import { Popover } from '../../ui/controls/Popover.tsx';
import { useWords } from '../../ui/i18n/i18n.ts';
import css from './DeviceMenu.module.css';
import { chooseDevice } from './deviceChoice.ts';
import { deviceName } from './deviceName.ts';

/** Menu of the devices for training, with the reason for each that is not available. */
export function DeviceMenu() {
  const { say } = useWords();
  const chosen = useRun((state) => state.provider?.provider ?? 'cpu');
  return (
    <span className={css.device}>
      <Popover
        label={say('device.title')}
        trigger={
          <span className={css.trigger}>
            <span className={css.what}>{say('device.title')}</span>
            {deviceName(chosen)}
          </span>
        }
      >
        {(close) => <Devices chosen={chosen} close={close} />}
      </Popover>
    </span>
  );
}

function Devices({ chosen, close }: { readonly chosen: Provider; close(): void }) {
  const { say, pick } = useWords();
  const providers = useRun((state) => state.providers);
  const active = useRun((state) => isActive(state.state));
  return (
    <div className={css.devices}>
      <h2>{say('device.title')}</h2>
      {providers.length === 0 && <p>{say('status.connecting')}</p>}
      <div role="radiogroup" aria-label={say('device.title')}>
        {providers.map(({ provider, usable, reason, device }) => (
          <label key={provider} className={usable ? '' : css.unusable}>
            <input
              type="radio"
              name="device"
              checked={provider === chosen}
              disabled={!usable}
              onChange={() => {
                chooseDevice(provider);
                close();
              }}
            />
            <span>
              <b>{deviceName(provider)}</b> {device}
              <small>{usable ? say(`device.about.${provider}`) : reason && pick(reason)}</small>
            </span>
          </label>
        ))}
      </div>
      <p>{say(active ? 'device.nextRun' : 'device.remembered')}</p>
    </div>
  );
}
