/** Networks that are nobody's public address, as the first bits of 16 bytes; IPv4 stands at its mapped place. */
const PRIVATE: readonly (readonly [prefix: string, bits: number])[] = [
  // IPv4: this host, private, shared, loopback, link-local, protocol and documentation, benchmarks, multicast, reserved.
  ["00000000000000000000ffff00", 104],
  ["00000000000000000000ffff0a", 104],
  ["00000000000000000000ffff6440", 106],
  ["00000000000000000000ffff7f", 104],
  ["00000000000000000000ffffa9fe", 112],
  ["00000000000000000000ffffac10", 108],
  ["00000000000000000000ffffc00000", 120],
  ["00000000000000000000ffffc00002", 120],
  ["00000000000000000000ffffc0a8", 112],
  ["00000000000000000000ffffc612", 111],
  ["00000000000000000000ffffc63364", 120],
  ["00000000000000000000ffffcb0071", 120],
  ["00000000000000000000ffffe0", 99],
  // IPv6: unspecified and loopback with the old IPv4-compatible form, discard, local translation, documentation, unique
  // local, link- and site-local, multicast.
  ["000000000000000000000000", 96],
  ["0100000000000000", 64],
  ["0064ff9b0001", 48],
  ["20010db8", 32],
  ["fc", 7],
  ["fe80", 9],
  ["ff", 8],
];

/** Ways to write an IPv4 address inside an IPv6 one, and where in it: NAT64, translation, 6to4, Teredo's client. */
const EMBEDDED: readonly (readonly [prefix: string, at: number])[] = [
  ["0064ff9b", 24],
  ["0000000000000000ffff0000", 24],
  ["2002", 4],
];

const PRIVATE_NAME = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|localdomain|home\.arpa)$/;

/**
 * Whether an address is one that only its own network can reach. Takes IPv4, IPv6 (also with a zone) and nothing else;
 * what it cannot read counts as private.
 */
export function isPrivateAddress(address: string): boolean {
  const hex = toHex(address.replace(/%.*$/, ""));
  if (hex === undefined) return true;
  if (PRIVATE.some(([prefix, bits]) => sameBits(hex, prefix, bits))) return true;
  // Teredo hides the client's address with its bits turned, and nobody needs it.
  if (hex.startsWith("20010000")) return true;
  const embedded = EMBEDDED.find(([prefix]) => hex.startsWith(prefix));
  return embedded !== undefined && isPrivateAddress(dotted(hex.slice(embedded[1], embedded[1] + 8)));
}

/**
 * Whether a URL's host is private as it is written. A name that resolves to a private address is not seen here. The URL
 * parser has already turned decimal, octal, hexadecimal and short forms of IPv4 into the usual one.
 */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, "");
  if (host.startsWith("[")) return isPrivateAddress(host.slice(1, -1));
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return isPrivateAddress(host);
  return !host.includes(".") || PRIVATE_NAME.test(host);
}

function sameBits(hex: string, prefix: string, bits: number): boolean {
  const whole = Math.floor(bits / 4);
  if (hex.slice(0, whole) !== prefix.padEnd(32, "0").slice(0, whole)) return false;
  const rest = 4 - (bits % 4);
  if (rest === 4) return true;
  const digit = (text: string) => Number.parseInt(text.padEnd(32, "0")[whole] ?? "0", 16) >> rest;
  return digit(hex) === digit(prefix);
}

/** An address as 32 hexadecimal digits. */
function toHex(address: string): string | undefined {
  if (!address.includes(":")) {
    const v4 = hexOfV4(address);
    return v4 === undefined ? undefined : `00000000000000000000ffff${v4}`;
  }
  const mixed = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  const v4 = mixed?.[2] === undefined ? undefined : hexOfV4(mixed[2]);
  if (mixed !== null && v4 === undefined) return undefined;
  const text = v4 === undefined ? address : `${mixed?.[1]}${v4.slice(0, 4)}:${v4.slice(4)}`;
  const [front = "", back, ...more] = text.split("::");
  if (more.length > 0) return undefined;
  const groups = (part: string) => (part === "" ? [] : part.split(":"));
  const missing = 8 - groups(front).length - groups(back ?? "").length;
  if (back === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...groups(front), ...Array<string>(missing).fill("0"), ...groups(back ?? "")];
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return all.map((group) => group.padStart(4, "0").toLowerCase()).join("");
}

function hexOfV4(address: string): string | undefined {
  const parts = address.split(".").map(Number);
  const isRight =
    parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part < 256);
  return isRight ? parts.map((part) => part.toString(16).padStart(2, "0")).join("") : undefined;
}

function dotted(hex: string): string {
  return [0, 2, 4, 6].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(".");
}
