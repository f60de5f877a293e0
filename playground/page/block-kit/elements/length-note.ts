function characters(count: number): string {
  return `${count} ${count === 1 ? "character" : "characters"}`;
}

/**
 * What is said of a text's length, in UTF-16 units as Slack counts: nothing while there is room enough.
 * @param min least length of a text that is not empty
 */
export function lengthNote(length: number, min: number, max: number): string {
  if (length === 0) return "";
  if (length > max) return `${characters(length - max)} too many`;
  if (length < min) return `${characters(min - length)} more needed`;
  const left = max - length;
  const near = Math.min(100, Math.max(10, Math.ceil(max / 10)));
  return left <= near ? `${characters(left)} left` : "";
}
