import * as sdk from "@wasend/sdk";
import * as webhooks from "@wasend/sdk/webhooks";
import { smoke } from "./smoke.mjs";

export default {
  async fetch(request) {
    try {
      return Response.json(await smoke(sdk, webhooks, await request.json()));
    } catch (error) {
      return new Response(String(error?.stack ?? error), { status: 500 });
    }
  },
};
