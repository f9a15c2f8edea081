// The training engine in Electron's utility process. Its clients are the main process (over the parent port) and the
// window (over a port that the main process sends).
import type { MessageEvent, MessagePortMain } from 'electron';
import { Engine } from '../src/engine/engine.ts';
import { filesBeside } from '../src/engine/files.ts';
import { CPU_DEVICE } from '../src/engine/session.ts';
import type { EnginePort } from '../src/protocol/messages.ts';

// Arguments from the main process.
const [runs = ''] = process.argv.slice(2);
const engine = new Engine({
  files: filesBeside(import.meta.url),
  device: CPU_DEVICE,
  ...(runs !== '' && { runs }),
});
const { parentPort } = process;

let toMain: (message: unknown) => void = () => {};
/** Port of the page; a reloaded page has a new one. */
let ofWindow: EnginePort | null = null;
engine.connect({
  post: (message) => parentPort.postMessage(message),
  onMessage: (listener) => {
    toMain = listener;
  },
});
parentPort.on('message', ({ data, ports }: MessageEvent) => {
  const [port] = ports;
  if (port === undefined) {
    toMain(data);
    return;
  }
  const next = windowPort(port);
  engine.connect(next, ofWindow);
  ofWindow = next;
});

function windowPort(port: MessagePortMain): EnginePort {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', ({ data }: MessageEvent) => listener(data));
      port.start();
    },
  };
}
