/** An engine that was started again is given the weights that the window had: nothing is saved or kept meanwhile. */
let work: Promise<unknown> = Promise.resolve();

export function recovering(recover: Promise<unknown>): void {
  work = recover.catch(console.error);
}

export const recovered = async (): Promise<void> => {
  await work;
};
