/**
 * Runs one task at a time. Of the requests that arrive meanwhile, only the newest is kept, so results arrive in order
 * and the last one belongs to the last request. `newest` returns the newest request. Failures go to the console.
 */
export function oneAtATime<Q>(work: (question: Q, newest: () => Q) => Promise<void>): (question: Q) => Promise<void> {
  let newest: Q;
  let waits = false;
  let underWay: Promise<void> | null = null;

  async function run(): Promise<void> {
    while (waits) {
      waits = false;
      await work(newest, () => newest).catch(console.error);
    }
    underWay = null;
  }

  return (question) => {
    newest = question;
    waits = true;
    underWay ??= run();
    return underWay;
  };
}
