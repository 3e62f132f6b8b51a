import * as sdk from "@wasend/sdk";
import * as webhooks from "@wasend/sdk/webhooks";
import { smoke } from "./smoke.mjs";

const argument = globalThis.Deno?.args[0] ?? process.argv[2];
console.log(JSON.stringify(await smoke(sdk, webhooks, JSON.parse(argument))));
