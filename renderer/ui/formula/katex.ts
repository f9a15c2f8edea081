import 'katex/dist/katex.css';

// Apart from the window's first script: it is loaded when the first formula is shown.
export { render } from 'katex';
