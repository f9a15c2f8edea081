/** Signals that ask a process to end: Ctrl+C, a service manager or `kill`, a closed terminal. */
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/**
 * Calls `stop` at the first signal that asks for an end; the second ends the process at once. Returns a function that
 * gives the signals back.
 */
export function onInterrupt(stop: () => void): () => void {
  let stopping = false;
  const listeners = Object.entries(SIGNALS).map(([signal, number]) => {
    const listener = () => {
      // A shell reports 128 and the signal.
      if (stopping) process.exit(128 + number);
      stopping = true;
      stop();
    };
    process.on(signal, listener);
    return [signal, listener] as const;
  });
  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener);
  };
}

export const STOPPING = { en: 'Stopping after this step …', zh: '完成本步后停止……' };
