import type { Choices } from "../../known.ts";
import { byAccount, isTheirs } from "../known-user.ts";
import { emailOfMember, listMembers } from "./list.ts";

/** The person's own membership of the account. */
export const theirMembership: Choices = {
  operation: listMembers.name,
  input: byAccount,
  list: (output, known) =>
    (listMembers.output.safeParse(output).data ?? [])
      .filter((member) => isTheirs(emailOfMember(member), known))
      .map((member) => ({
        value: member.id,
        title: emailOfMember(member) ?? member.id,
        description: [member.status, ...(member.roles ?? []).map(({ name }) => name)]
          .filter((part) => part)
          .join(", "),
      })),
};
