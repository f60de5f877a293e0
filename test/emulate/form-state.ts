/** What a person enters into a form: text, a person's id or an option's value, or several of them; by block id. */
export type Entries = Readonly<Record<string, string | readonly string[]>>;

type Block = Record<string, unknown>;
type ElementState = Record<string, unknown>;

interface Option {
  value: string;
}

function stateOf(
  element: Record<string, unknown>,
  entry: string | readonly string[] | undefined,
): ElementState {
  const type = String(element["type"]);
  const options = (element["options"] ?? []) as Option[];
  switch (type) {
    case "users_select":
      return { type, selected_user: entry ?? element["initial_user"] ?? null };
    case "static_select":
      return {
        type,
        selected_option:
          entry === undefined
            ? (element["initial_option"] ?? null)
            : options.find((option) => option.value === entry),
      };
    case "checkboxes":
      return {
        type,
        selected_options:
          entry === undefined
            ? (element["initial_options"] ?? [])
            : options.filter((option) => entry.includes(option.value)),
      };
    default:
      return { type, value: entry ?? element["initial_value"] ?? null };
  }
}

/**
 * The `state` that Slack sends with a form: what the blocks hold from the beginning, and what was entered. Written
 * from Slack's reference, and on purpose not shared with our own pretend Slack.
 */
export function formState(
  blocks: readonly Block[],
  entries: Entries,
): { values: Record<string, Record<string, ElementState>> } {
  const inputs = blocks.filter((block) => block["type"] === "input");
  return {
    values: Object.fromEntries(
      inputs.map((block) => {
        const element = block["element"] as Record<string, unknown>;
        const id = String(block["block_id"]);
        return [id, { [String(element["action_id"])]: stateOf(element, entries[id]) }];
      }),
    ),
  };
}
