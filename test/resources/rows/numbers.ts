import { type FieldKind, type Reply, type Row, VOID } from "../row.js";

const details = {
  id: "db_9",
  uniqueSessionId: "sess_9",
  userId: "user_1",
  sessionName: "sales",
  phoneNumber: "+14155550100",
  enableAccountProtection: false,
  enableMessageLogging: true,
  enableWebhook: true,
  webhookUrl: "https://example.com/hook",
  createdAt: "2025-06-10T10:00:00.000Z",
  updatedAt: "2025-06-10T10:05:00.000Z",
};
const live = {
  name: "engine_9",
  status: "WORKING",
  config: {
    metadata: { userId: "user_1", userEmail: "a@example.com" },
    proxy: null,
    debug: false,
    webhooks: [],
  },
  engine: { grpc: { client: "READY", stream: "READY" }, gows: { found: true, connected: true } },
};
const short = {
  uniqueSessionId: "sess_9",
  sessionName: "sales",
  phoneNumber: "+14155550100",
  status: "CREATED",
  createdAt: "2025-06-10T10:00:00.000Z",
  updatedAt: "2025-06-10T10:05:00.000Z",
};
const flags = {
  enableAccountProtection: true,
  enableMessageLogging: false,
  enableWebhook: true,
  webhookUrl: "https://example.com/hook",
};

const one: Reply[] = [
  {
    name: "bare, the client's shape",
    json: { ...details, ...live, addedLater: { kept: 1 } },
    gives: { ...details, ...live, addedLater: { kept: 1 }, session: "sess_9", state: "ready" },
  },
  { name: "the page's six fields", json: short, gives: { ...short, session: "sess_9", state: "created" } },
  {
    name: "the page's flags below config",
    json: { ...short, status: "STOPPED", config: flags },
    gives: { ...short, status: "STOPPED", config: flags, ...flags, session: "sess_9", state: "stopped" },
  },
  {
    name: "enveloped",
    json: { success: true, data: { ...short, status: "scan_qr_code" } },
    gives: { ...short, status: "scan_qr_code", session: "sess_9", state: "scan_qr" },
  },
  {
    name: "an unknown status",
    json: { ...short, status: "PAIRING_V2" },
    gives: { ...short, status: "PAIRING_V2", session: "sess_9", state: "unknown" },
  },
  {
    name: "texts for flags, a number for an id",
    json: { uniqueSessionId: 77, enableWebhook: "false", status: "FAILED" },
    gives: {
      uniqueSessionId: 77,
      session: "77",
      sessionName: "",
      phoneNumber: "",
      status: "FAILED",
      state: "failed",
      enableWebhook: false,
    },
  },
];

const number: Record<string, FieldKind> = {
  session: "text",
  sessionName: "text",
  phoneNumber: "text",
  status: "text",
  state: "text",
  enableAccountProtection: "flag?",
  enableMessageLogging: "flag?",
  enableWebhook: "flag?",
  webhookUrl: "text?",
  createdAt: "text?",
  updatedAt: "text?",
};

const downstream = { ...live, status: "SCAN_QR_CODE" };

export const numberRows: Row[] = [
  {
    id: "numbers.create",
    call: (wasend) =>
      wasend.numbers.create({
        sessionName: "sales",
        phoneNumber: "+1 (415) 555-0100",
        enableAccountProtection: false,
        enableMessageLogging: true,
        enableWebhook: true,
        webhookUrl: "https://example.com/hook",
      }),
    method: "POST",
    path: "/sessions",
    body: {
      sessionName: "sales",
      phoneNumber: "+14155550100",
      enableAccountProtection: false,
      enableMessageLogging: true,
      enableWebhook: true,
      webhookUrl: "https://example.com/hook",
    },
    retry: "U",
    source: "both",
    replies: one,
    fields: number,
  },
  {
    id: "numbers.list",
    call: (wasend) => wasend.numbers.list(),
    method: "GET",
    path: "/sessions",
    retry: "A",
    source: "both",
    fields: number,
    replies: [
      {
        name: "the client's shape",
        json: { sessions: [{ session: details, downstream }] },
        gives: [{ ...details, downstream, session: "sess_9", status: "SCAN_QR_CODE", state: "scan_qr" }],
      },
      {
        name: "the page's shape",
        json: { sessions: [{ session: { ...short, status: "CONNECTED" } }] },
        gives: [{ ...short, status: "CONNECTED", session: "sess_9", state: "ready" }],
      },
      {
        name: "as the README reads it",
        json: { sessions: [short] },
        gives: [{ ...short, session: "sess_9", state: "created" }],
      },
      { name: "a bare array", json: [short], gives: [{ ...short, session: "sess_9", state: "created" }] },
      { name: "none", json: { sessions: [] }, gives: [] },
    ],
  },
  {
    id: "numbers.get",
    call: (wasend) => wasend.numbers.get("sess 9/ü"),
    method: "GET",
    path: "/sessions/sess 9/ü",
    rawPath: "/sessions/sess%209%2F%C3%BC",
    retry: "A",
    source: "both",
    replies: one,
    fields: number,
  },
  {
    id: "numbers.delete",
    call: (wasend) => wasend.numbers.delete("sess_9"),
    method: "DELETE",
    path: "/sessions/sess_9",
    retry: "A",
    source: "both",
    ...VOID,
  },
  ...(["start", "stop", "restart"] as const).map(
    (step): Row => ({
      id: `numbers.${step}`,
      call: (wasend) => wasend.numbers[step]("sess_9"),
      method: "POST",
      path: `/sessions/sess_9/${step}`,
      retry: "U",
      source: step === "restart" ? "both" : "sdk",
      replies: one,
      fields: number,
    }),
  ),
  {
    id: "numbers.getQr",
    call: (wasend) => wasend.numbers.getQr("sess_9"),
    method: "GET",
    path: "/sessions/sess_9/auth/qr",
    retry: "A",
    source: "both",
    replies: [
      { name: "as published", json: { data: "2@abc,def" }, gives: { data: "2@abc,def" } },
      {
        name: "with more",
        json: { data: "2@abc", mimetype: "text/plain" },
        gives: { data: "2@abc", mimetype: "text/plain" },
      },
    ],
    fields: { data: "text" },
  },
];
