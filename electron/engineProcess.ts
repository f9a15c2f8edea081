// The engine in Electron's utility process. Its clients are the main process, over the parent port, and the window,
// over a port that a message from main brings.
import type { MessageEvent, MessagePortMain } from 'electron';
import { Engine } from '../src/engine/engine.ts';
import { filesBeside } from '../src/engine/files.ts';
import { CPU_DEVICE } from '../src/engine/session.ts';
import type { EnginePort } from '../src/protocol/messages.ts';

// What main gives to the process when it starts it.
const [runs = ''] = process.argv.slice(2);
const engine = new Engine({ files: filesBeside(import.meta.url), device: CPU_DEVICE, runs });
const { parentPort } = process;

let toMain: (message: unknown) => void = () => {};
/** The page's port; a page that is loaded again brings another. */
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
