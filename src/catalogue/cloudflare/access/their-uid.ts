import type { Choices } from "../../known.ts";
import { byAccount, isTheirs } from "../known-user.ts";
import { findAccessUser } from "./find-user.ts";

/** Those whom Access knows by exactly the person's address. */
export const theirUid: Choices = {
  operation: findAccessUser.name,
  input(known) {
    const account = byAccount(known);
    return account === undefined || known.email === undefined
      ? undefined
      : { ...account, email: known.email };
  },
  list: (output, known) =>
    (findAccessUser.output.safeParse(output).data ?? [])
      .filter(({ email }) => isTheirs(email, known))
      .flatMap(({ uid, name, email, last_successful_login: seen }) =>
        uid
          ? [
              {
                value: uid,
                title: name || email || uid,
                description: [uid, ...(seen ? [`last sign-in ${seen}`] : [])].join(", "),
              },
            ]
          : [],
      ),
};
