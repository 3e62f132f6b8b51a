// The server of bulk.mjs: says yes to every send, as cheaply as it can.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

let count = 0;
const server = createServer((request, response) => {
  request.resume().once("end", () => {
    count += 1;
    const body = `{"id":"true_1415@c.us_${count}","to":"1415@c.us","type":"text","status":"sent","timestamp":"1"}`;
    response.writeHead(201, { "content-type": "application/json", "content-length": body.length }).end(body);
  });
});
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ url: `http://127.0.0.1:${port}`, apiKey: "key", session: "sess_bench" });
});
