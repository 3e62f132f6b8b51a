import { type Route, route, same } from "../route.js";

export const accountRoutes: Route[] = [
  route({
    row: "21",
    method: "GET",
    path: "/account",
    handle: () => same({ id: "user_emulator", name: "Emulator", plan: "emulator" }),
  }),
];
