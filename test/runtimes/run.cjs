const sdk = require("@wasend/sdk");

import("./smoke.mjs")
  .then(({ smoke }) => smoke(sdk, JSON.parse(process.argv[2])))
  .then((results) => console.log(JSON.stringify(results)));
