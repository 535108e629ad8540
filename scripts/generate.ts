import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reference } from './reference.ts';
import { schemaFiles } from './schemas.ts';

/** Writes the files that are derived from the language: `npm run generate`. A test refuses stale ones. */
for (const [name, text] of Object.entries(schemaFiles())) writeFileSync(join('schemas', name), text);
writeFileSync(join('docs', 'language.md'), reference());
