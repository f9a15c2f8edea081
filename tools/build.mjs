// Builds everything into out/: the shipped digits and the bundles of the app and of the command line.
import { build } from './ensureBuilt.mjs';

try {
  build('inherit');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
