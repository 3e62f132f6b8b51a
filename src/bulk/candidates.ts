const PHONE = /^\+\d+$/;
/** `+55`, two digits of area, the ninth digit, and a number that existed before the ninth digit did (from 6 up). */
const BRAZIL_LONG = /^\+55([1-9]{2})9([6-9]\d{7})$/;
const BRAZIL_SHORT = /^\+55([1-9]{2})([6-9]\d{7})$/;
const MEXICO = /^\+521?(\d{10})$/;
const ARGENTINA = /^\+549?(\d{10})$/;
/** A user's JID, with the device number that some ids carry. */
const USER_JID = /^(\d{7,15})(?:[.:]\d+)*@(?:c\.us|s\.whatsapp\.net)$/;

/** The phone number behind an address, `+` and digits; `undefined` when it hides none (`@lid`, groups). */
export function phoneOf(address: string): string | undefined {
  if (PHONE.test(address)) return address;
  const digits = USER_JID.exec(address)?.[1];
  return digits === undefined ? undefined : `+${digits}`;
}

/**
 * One text for all the ways in which one person's address is written: two addresses are the same person exactly if
 * their keys are equal. Takes addresses as the wire has them (`+` and digits, or a JID). Never send to a key: which of
 * the ways works, only WhatsApp knows.
 */
export function identityKey(address: string): string {
  const phone = phoneOf(address);
  if (phone === undefined) return address.replace(/^(\d+):\d+@lid$/, "$1@lid");
  if (phone.startsWith("+5")) {
    const brazil = BRAZIL_LONG.exec(phone);
    if (brazil !== null) return `+55${brazil[1]}${brazil[2]}`;
    const mexico = MEXICO.exec(phone);
    if (mexico !== null) return `+52${mexico[1]}`;
    const argentina = ARGENTINA.exec(phone);
    if (argentina !== null) return `+54${argentina[1]}`;
  }
  return phone;
}

/**
 * Every way in which the phone number of an address may be written: itself first, then Brazil's with and without the
 * ninth digit, Mexico's with and without the 1, Argentina's with and without the 9.
 */
export function candidates(address: string): string[] {
  const phone = phoneOf(address);
  if (phone === undefined) return [address];
  const key = identityKey(phone);
  const other = phone === key ? longForm(key) : key;
  return other === undefined ? [phone] : [phone, other];
}

function longForm(key: string): string | undefined {
  const brazil = BRAZIL_SHORT.exec(key);
  if (brazil !== null) return `+55${brazil[1]}9${brazil[2]}`;
  if (MEXICO.test(key)) return `+521${key.slice(3)}`;
  return ARGENTINA.test(key) ? `+549${key.slice(3)}` : undefined;
}
