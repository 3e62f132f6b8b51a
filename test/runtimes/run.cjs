const sdk = require("@wasend/sdk");
const webhooks = require("@wasend/sdk/webhooks");

import("./smoke.mjs")
  .then(({ smoke }) => smoke(sdk, webhooks, JSON.parse(process.argv[2])))
  .then((results) => console.log(JSON.stringify(results)));
