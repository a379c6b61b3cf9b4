// Apart from run.cjs because an old Node cannot parse `import()`.
'use strict';

import('./run.mjs').then((setup) => setup.main(process.argv.slice(2)));
