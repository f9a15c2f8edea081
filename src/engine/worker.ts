// The training engine in a worker thread, for the command line.
import { parentPort, workerData } from 'node:worker_threads';
import { Engine, type EngineOptions } from './engine.ts';

const port = parentPort;
if (port === null) throw new Error('this file runs in a worker thread');
new Engine(workerData as EngineOptions).connect({
  post: (message) => port.postMessage(message),
  onMessage: (listener) => port.on('message', listener),
});
