/**
 * Signals that ask a process to end: Ctrl+C (SIGINT), a service manager or `kill` (SIGTERM), a closed terminal
 * (SIGHUP).
 */
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/**
 * Calls `stop` at the first signal; the second signal ends the process at once. Returns a function that restores the
 * default handling.
 */
export function onInterrupt(stop: () => void): () => void {
  let stopping = false;
  const listeners = Object.entries(SIGNALS).map(([signal, number]) => {
    const listener = () => {
      // Shells use exit code 128 plus the number of the signal.
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

export const STOPPING = { en: 'Stopping after this step…', zh: '完成本步后停止…' };
