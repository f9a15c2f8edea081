/**
 * Does one piece of work at a time: while one is under way only the newest waits, so answers come in the order of their
 * questions, and the last is of the last question. `newest` is what was asked last. Failures go to the console.
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
