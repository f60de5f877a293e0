import type { Choice, Choices } from "../../known.ts";
import { byAccount } from "../known-user.ts";
import { listGatewayLists } from "./list-lists.ts";

function listsIn(output: unknown, isWanted: (type: string) => boolean): Choice[] {
  return (listGatewayLists.output.safeParse(output).data ?? [])
    .filter(({ type }) => isWanted(type ?? ""))
    .map(({ id, name, type, count }) => ({
      value: id,
      title: name || id,
      description: [type, typeof count === "number" ? `${count} entries` : undefined]
        .filter((part) => part)
        .join(", "),
    }));
}

/** Every list of the account. */
export const allLists: Choices = {
  operation: listGatewayLists.name,
  input: byAccount,
  list: (output) => listsIn(output, () => true),
};

/** Lists of people's addresses. */
export const listsOfPeople: Choices = {
  operation: listGatewayLists.name,
  input: byAccount,
  list: (output) => listsIn(output, (type) => type === "EMAIL"),
};
