/** Shows a sample of the data in the predict panel. */
export function openSample(_index: number): void {}
