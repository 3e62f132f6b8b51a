// Creates a group, writes to it, invites and promotes.
//
//   WASEND_API_KEY=… WASEND_SESSION=… TO=+14155550123 npx tsx examples/group.ts

import { Wasend } from "@wasend/sdk";

const wasend = new Wasend();
const first = process.env.TO ?? "+14155550123";
const second = process.env.SECOND ?? "+447700900123";

const group = await wasend.groups.create({ name: "Mug lovers", participants: [first] });
await wasend.messages.sendText({ to: group.jid, text: "Welcome!" });

const { failed } = await wasend.groups.addParticipants(group.jid, { participants: [second] });
for (const { id, reason } of failed) console.log(`${id} could not be added: ${reason}`);

await wasend.groups.promoteParticipants(group.jid, { participants: [second] });
await wasend.groups.setDescription(group.jid, { description: "For those who love mugs" });

for await (const { phoneNumber, jid, isAdmin } of wasend.groups.listParticipants(group.jid)) {
  console.log(phoneNumber ?? jid, isAdmin ? "(admin)" : "");
}

const { inviteCode } = await wasend.groups.getInviteCode(group.jid);
console.log(`Others can join with https://chat.whatsapp.com/${inviteCode}`);
