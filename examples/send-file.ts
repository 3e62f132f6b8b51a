// Sends a file from disk as what it is: a picture, a video, a voice note, else a file.
//
//   WASEND_API_KEY=… WASEND_SESSION=… TO=+14155550123 FILE=./photo.jpg npx tsx examples/send-file.ts

import { ValidationError, Wasend } from "@wasend/sdk";
import { fileFromPath } from "@wasend/sdk/node";

const wasend = new Wasend();
const to = process.env.TO ?? "+14155550123";
const path = process.env.FILE ?? "README.md";

try {
  const sent = await wasend.media.send({ to, data: fileFromPath(path) });
  console.log(`${path} went as ${sent.sentAs}.`);
  if (sent.note !== undefined) console.log(`Why not otherwise: ${sent.note}.`);
} catch (error) {
  // Too large, empty, or changed while it was read: nothing was sent.
  if (!(error instanceof ValidationError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
