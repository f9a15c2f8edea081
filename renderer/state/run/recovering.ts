/** Pending transfer of the window's weights to a restarted engine. Nothing is saved or stored meanwhile. */
let work: Promise<unknown> = Promise.resolve();

export function recovering(recover: Promise<unknown>): void {
  work = recover.catch(console.error);
}

export const recovered = async (): Promise<void> => {
  await work;
};
