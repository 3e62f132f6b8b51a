// Answers every request at once; a process of its own, so that its work is not counted as the client's.
import { createServer } from "node:http";

const reply = JSON.stringify({
  id: "true_14155550123@c.us_3EB0C767D097B7C1A2B3",
  to: "14155550123@c.us",
  content: "Hello",
  type: "text",
  timestamp: "2026-01-01T00:00:00Z",
  fromMe: true,
  status: "PENDING",
  sender: "14155550100@c.us",
  recipient: "14155550123@c.us",
});

const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    response.writeHead(201, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(reply),
    });
    response.end(reply);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send?.(server.address().port));
process.on("disconnect", () => process.exit());
