// `npm run build`: compiles the sources and the studio to dist/, for images and for `voronka` on the command line.
import { build, checkNode } from './bootstrap.mjs';

checkNode();
await build();
