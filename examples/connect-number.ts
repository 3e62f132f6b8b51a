// Adds a WhatsApp number and shows its QR code until somebody has scanned it.
//
//   npm install uqr
//   WASEND_API_KEY=… PHONE=+14155550100 npx tsx examples/connect-number.ts

import { isWasendError, Wasend } from "@wasend/sdk";
import { renderUnicodeCompact } from "uqr";

const wasend = new Wasend();
const phoneNumber = process.env.PHONE ?? "+14155550100";

const number = await wasend.numbers.create({ sessionName: "Support", phoneNumber });
await wasend.numbers.start(number.session);

try {
  const ready = await wasend.numbers.waitUntilReady(number.session, { onQr: show, pollMs: 500 });
  console.log(`${ready.phoneNumber} is ready. Use it with WASEND_SESSION=${ready.session}`);
} catch (error) {
  if (!isWasendError(error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

// WASend does not say whether the string is the code's text or a picture of it.
function show(qr: string): void {
  if (qr.startsWith("data:")) console.log(`Open this in a browser, and scan it:\n${qr}`);
  else console.log(`Scan this with WhatsApp, Linked devices:\n\n${renderUnicodeCompact(qr)}\n`);
}
