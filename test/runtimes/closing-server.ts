import { createServer, type Server, type Socket } from "node:net";

/**
 * A server that answers the first request of a connection, reads the second, and closes without a word. It shows which
 * clients send a POST again by themselves: they did on two of the runtimes tried, and showed their callers a 200.
 */
export interface ClosingServer {
  url: string;
  /** How often each message text was read. */
  deliveries: Map<string, number>;
  close(): Promise<void>;
}

const REPLY = JSON.stringify({
  id: "true_1@c.us_1",
  to: "1@c.us",
  type: "text",
  status: "PENDING",
  timestamp: "1",
});

export async function startClosingServer(): Promise<ClosingServer> {
  const deliveries = new Map<string, number>();
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    let buffered = "";
    let answered = 0;
    socket.on("data", (chunk) => {
      buffered += chunk.toString("latin1");
      for (;;) {
        const request = /^[\s\S]*?\r\n\r\n/.exec(buffered);
        const length = Number(/content-length: (\d+)/i.exec(request?.[0] ?? "")?.[1] ?? 0);
        if (request === null || buffered.length < request[0].length + length) return;
        const body = buffered.slice(request[0].length, request[0].length + length);
        buffered = buffered.slice(request[0].length + length);
        const { text } = JSON.parse(body) as { text: string };
        deliveries.set(text, (deliveries.get(text) ?? 0) + 1);
        answered += 1;
        if (answered > 1) return socket.destroy();
        const head = `HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: ${REPLY.length}`;
        socket.write(`${head}\r\nconnection: keep-alive\r\n\r\n${REPLY}`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    deliveries,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
