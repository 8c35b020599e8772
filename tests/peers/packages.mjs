// Which version of each independent package is installed.
import { readFileSync } from 'node:fs';
import { serve } from './peer.mjs';

await serve({
  version: (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version,
});
