// Sends a picture by its address, a document from bytes, a link with a preview, and a reaction.
//
//   WASEND_API_KEY=… WASEND_SESSION=… TO=+14155550123 npx tsx examples/send-media.ts

import { Wasend } from "@wasend/sdk";

const wasend = new Wasend();
const to = process.env.TO ?? "+14155550123";

const picture = await wasend.messages.sendImage({
  to,
  url: "https://example.com/mug.jpg",
  caption: "Our new mug",
});

// A file of your own: `data: await readFile("price-list.csv")`.
await wasend.messages.sendFile({
  to,
  data: new TextEncoder().encode("mug,12.00\nplate,9.50\n"),
  fileName: "price-list.csv",
  mimeType: "text/csv",
});

await wasend.messages.sendLinkPreview({
  to,
  text: "More on https://example.com/mugs",
  preview: { title: "Mugs", description: "Everything that holds coffee" },
});

await wasend.messages.react({ messageId: picture.id, reaction: "☕" });
console.log("Sent a picture, a document and a link.");
