/** A step as far as its id depends on it. */
interface NamedStep {
  id?: string | undefined;
  operation: string;
}

/** The last two parts of an operation's name: `registration-revoke` for `cloudflare.registration.revoke`. */
function idFrom(operation: string): string {
  return operation
    .split(".")
    .slice(-2)
    .join("-")
    .replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** What each step goes by: its own id, or one from its operation's name with a number where that is taken. */
export function stepIds(steps: readonly NamedStep[]): string[] {
  const taken = new Set(steps.flatMap(({ id }) => (id === undefined ? [] : [id])));
  return steps.map(({ id, operation }) => {
    if (id !== undefined) return id;
    const free = freeId(idFrom(operation), taken);
    taken.add(free);
    return free;
  });
}

/** The id, or the id with the lowest number behind it that makes it one that is not taken. */
export function freeId(id: string, taken: ReadonlySet<string>): string {
  let free = id;
  for (let number = 2; taken.has(free); number += 1) free = `${id}-${number}`;
  return free;
}
