import * as sdk from "@wasend/sdk";
import { smoke } from "./smoke.mjs";

const argument = globalThis.Deno?.args[0] ?? process.argv[2];
console.log(JSON.stringify(await smoke(sdk, JSON.parse(argument))));
