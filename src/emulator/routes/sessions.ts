import { digitsOf } from "../addresses.js";
import { wrongState } from "../answers.js";
import { enter, showQr, start } from "../number-life.js";
import type { NumberRecord } from "../records.js";
import {
  downstream,
  session,
  sessionDetails,
  shortSession,
  shortSessionWithConfig,
  statusWord,
} from "../replies/sessions.js";
import { docsOnly, numberRoute, type Reply, type Route, route, same } from "../route.js";
import type { World } from "../world.js";

const qr = ({ world, number }: { world: World; number: NumberRecord }): Reply => {
  if (number.state !== "scan_qr") {
    throw wrongState(number.session, statusWord(world, number), [statusWord(world, { state: "scan_qr" })]);
  }
  return same({ data: showQr(world, number) });
};

export const sessionRoutes: Route[] = [
  route({
    row: "1",
    method: "POST",
    path: "/sessions",
    body: {
      sessionName: "string",
      phoneNumber: "phone",
      enableAccountProtection: "boolean?",
      enableMessageLogging: "boolean?",
      enableWebhook: "boolean?",
      webhookUrl: "url?",
    },
    demands: (body) => (body.enableWebhook && !body.webhookUrl ? ["webhookUrl should not be empty"] : []),
    handle({ world, body }) {
      const number = world.addNumber({
        sessionName: body.sessionName,
        digits: digitsOf(body.phoneNumber),
        enableAccountProtection: body.enableAccountProtection ?? false,
        enableMessageLogging: body.enableMessageLogging ?? false,
        enableWebhook: body.enableWebhook ?? false,
        webhookUrl: body.webhookUrl,
      });
      enter(world, number, "created");
      return { sdk: session(world, number), docs: shortSession(world, number) };
    },
  }),
  route({
    row: "2",
    method: "GET",
    path: "/sessions",
    handle({ world }) {
      const numbers = [...world.numbers.values()];
      return {
        sdk: {
          sessions: numbers.map((one) => ({
            session: sessionDetails(one),
            downstream: downstream(world, one),
          })),
        },
        docs: { sessions: numbers.map((one) => ({ session: shortSession(world, one) })) },
      };
    },
  }),
  numberRoute({
    row: "3",
    method: "GET",
    path: "/sessions/{sessionId}",
    needs: "number",
    handle: ({ world, number }) => ({
      sdk: session(world, number),
      docs: shortSessionWithConfig(world, number),
    }),
  }),
  numberRoute({
    row: "4",
    method: "DELETE",
    path: "/sessions/{sessionId}",
    needs: "number",
    handle({ world, number }) {
      world.timers.cancel(number.session);
      world.numbers.delete(number.session);
      return docsOnly({ success: true });
    },
  }),
  numberRoute({
    row: "5",
    method: "POST",
    path: "/sessions/{sessionId}/start",
    needs: "number",
    handle({ world, number }) {
      start(world, number);
      return same(session(world, number));
    },
  }),
  numberRoute({
    row: "6",
    method: "POST",
    path: "/sessions/{sessionId}/stop",
    needs: "number",
    handle({ world, number }) {
      enter(world, number, "stopped");
      return same(session(world, number));
    },
  }),
  numberRoute({
    row: "7",
    method: "POST",
    path: "/sessions/{sessionId}/restart",
    needs: "number",
    handle({ world, number }) {
      enter(world, number, "starting");
      return { sdk: session(world, number), docs: shortSession(world, number) };
    },
  }),
  numberRoute({
    row: "8",
    method: "GET",
    path: "/sessions/{sessionId}/auth/qr",
    needs: "number",
    handle: qr,
  }),
  numberRoute({ row: "8b", method: "GET", path: "/sessions/{sessionId}/qr", needs: "number", handle: qr }),
];
