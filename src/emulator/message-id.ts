/** The part of a message's id that is the same wherever it is named: `true_<chat>_<bare>`, and in groups `_<sender>`. */
export const bareId = (id: string): string => id.split("_")[2] ?? id;

/** Whether an id as deliveries write it, or its bare part alone, names the message with this id. */
export function isSameMessage(id: string, named: string): boolean {
  const sameSide = named.split("_").length < 3 || id.split("_")[0] === named.split("_")[0];
  return sameSide && bareId(id) === bareId(named);
}
