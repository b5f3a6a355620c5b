import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printIntrospection } from './print-introspection.ts';

writeFileSync(join(import.meta.dirname, 'introspection.d.ts'), printIntrospection());
