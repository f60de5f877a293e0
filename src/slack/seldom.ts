/** So often the same thing is logged at the most: anybody can send us what is refused, and must not fill the log. */
const SELDOM_MILLISECONDS = 60_000;

/**
 * Says a thing the first time, and then at most once a minute.
 * @returns calls `say` with how often the thing happened since it was last said, or does nothing
 */
export function createSeldom(now: () => number): (thing: string, say: (times: number) => void) => void {
  const said = new Map<string, { at: number; times: number }>();
  return (thing, say) => {
    const last = said.get(thing);
    const times = (last?.times ?? 0) + 1;
    if (last !== undefined && now() - last.at < SELDOM_MILLISECONDS) {
      last.times = times;
      return;
    }
    said.set(thing, { at: now(), times: 0 });
    say(times);
  };
}
