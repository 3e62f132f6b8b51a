const NAMES: Record<string, string> = {
  "-1": "ERROR",
  0: "PENDING",
  1: "SERVER",
  2: "DEVICE",
  3: "READ",
  4: "PLAYED",
};

/** The engine's word for an ack, in deliveries. */
export const ackName = (ack: number): string => NAMES[ack] ?? "UNKNOWN";
