import type { FoundPerson } from "../../deps/person.ts";
import type { Target } from "../../target/target.ts";

/** A person as forms show them; undefined where it is about nobody. */
export function foundPerson({ name, email, slackId }: Target): FoundPerson | undefined {
  return email === undefined ? undefined : { name, email, ...(slackId === undefined ? {} : { slackId }) };
}
