/** The system asks for less motion; asked anew each time, as the wish may change while the window is open. */
export const lessMotion = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;
