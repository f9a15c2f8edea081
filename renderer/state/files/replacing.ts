/** Pending replacement of the current network. Nothing is saved or stored meanwhile. */
let work: Promise<unknown> | null = null;

export async function replacing<T>(replace: () => Promise<T>): Promise<T> {
  const own = replace();
  work = own;
  try {
    return await own;
  } finally {
    work = null;
  }
}

export const replaced = async (): Promise<void> => {
  await work?.catch(() => {});
};

export const isReplacing = (): boolean => work !== null;
