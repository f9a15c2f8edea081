/**
 * True if the system asks for reduced motion. Read each time, because the setting may change while the window is open.
 */
export const lessMotion = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;
