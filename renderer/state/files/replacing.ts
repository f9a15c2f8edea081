/** Another network is taking the place of the present one: nothing is saved or kept meanwhile. */
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
