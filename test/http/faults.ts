import { type Fault, goodBody, type Headers, headText } from "./fault-server.js";

/** An answer, without an effect before it: the server refuses. */
export function refuses(
  status: number,
  body: unknown = { message: "No", statusCode: status },
  headers?: Headers,
): Fault {
  return {
    request: ({ answer }) => answer(status, headers, typeof body === "string" ? body : JSON.stringify(body)),
  };
}

/** The worst kind of error: the request has taken effect, and the answer says it has not. */
export function failsAfter(
  status: number,
  body: unknown = { message: "Oops", statusCode: status },
  headers?: Headers,
): Fault {
  return {
    request: (exchange) => {
      exchange.effect();
      refuses(status, body, headers).request?.(exchange);
    },
  };
}

/** Too many requests. */
export function tooMany(headers?: Headers): Fault {
  return refuses(429, { message: "Slow down" }, headers);
}

/** A little later, or the client would see the reset in place of the connection. */
export const resetBeforeRead: Fault = {
  deaf: true,
  connect: (socket) => setTimeout(() => socket.resetAndDestroy(), 20),
};

export const resetAfterRead: Fault = {
  request: ({ effect, socket }) => {
    effect();
    socket.resetAndDestroy();
  },
};

export const closesWithoutAnswer: Fault = {
  request: ({ effect, socket }) => {
    effect();
    socket.end();
  },
};

/** The request is read and takes effect, and no answer ever comes. */
export const silent: Fault = { request: ({ effect }) => effect() };

/** Writes a part of an answer, then closes the connection or leaves it hanging. */
function partOf(text: string, then: "close" | "reset" | "hang"): Fault {
  return {
    request: ({ effect, socket }) => {
      effect();
      socket.write(text);
      // The part has to be on its way before a reset throws away what is not.
      if (then === "reset") setTimeout(() => socket.resetAndDestroy(), 5);
      if (then === "close") socket.end();
    },
  };
}

const HALF_HEAD = "HTTP/1.1 200 OK\r\ncontent-type: applica";
const CUT = headText(200, { "content-length": "100" });
const CHUNKED = `${headText(200, { "transfer-encoding": "chunked" })}5\r\n{"id"\r\n`;

export const halfHead = partOf(HALF_HEAD, "close");
export const switches = partOf(
  "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n",
  "hang",
);
export const slowHead = partOf(HALF_HEAD, "hang");
export const cutBody = partOf(`${CUT}{"id":`, "close");
export const resetBody = partOf(`${CUT}{"id":`, "reset");
export const cutChunks = partOf(CHUNKED, "close");
export const slowBody = partOf(`${CUT}{"id":`, "hang");
export const noHttp = partOf("220 mail.example ESMTP\r\n\r\n", "close");
/** An error that does not come to its end. */
export const cutError = partOf(`${headText(500, { "content-length": "100" })}{"message":`, "close");

/** A byte now and then, for ever: every single wait is short. */
export const dribble: Fault = {
  request: ({ effect, socket }) => {
    effect();
    socket.write(headText(200, { "content-length": "1000" }));
    const timer = setInterval(() => socket.write(" "), 15);
    socket.on("close", () => clearInterval(timer));
  },
};

/** 200, and a body that is no answer to what was asked. */
export function saysYes(status: number, body: string): Fault {
  return {
    request: ({ effect, answer }) => {
      effect();
      answer(status, {}, body);
    },
  };
}

/** Answers once per connection; reads the next request, lets it take effect, and closes. */
export const answersOnce: Fault = {
  request: ({ request, effect, answer, socket }) => {
    effect();
    if (request.nth === 1) answer(200, {}, goodBody(request));
    else socket.end();
  },
};
