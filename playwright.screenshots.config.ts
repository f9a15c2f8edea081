import config from './playwright.config.ts';

// Images of the documents, which are no tests: `npm run screenshots`.
export default { ...config, testMatch: '**/screenshots.ts', use: {} };
