// Builds everything into out/: the shipped digits and the bundles of the app and of the command line.
import { build } from './ensureBuilt.mjs';

build('inherit');
