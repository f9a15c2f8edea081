import 'katex/dist/katex.css';

// A separate chunk, loaded when the first formula is shown.
export { render } from 'katex';
