import * as sdk from "@wasend/sdk";
import { smoke } from "./smoke.mjs";

export default {
  async fetch(request) {
    try {
      return Response.json(await smoke(sdk, await request.json()));
    } catch (error) {
      return new Response(String(error?.stack ?? error), { status: 500 });
    }
  },
};
