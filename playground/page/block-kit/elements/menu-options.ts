import type { MultiSelect, PlainTextOption, Select } from "@slack/types";
import type { PageChannel, PagePerson } from "../../../page-api.ts";
import type { BlockContext } from "../context.ts";
import { heldThings } from "./held.ts";
import type { MenuOption } from "./match-options.ts";
import { plainWords } from "./plain-words.ts";

type Given = Pick<BlockContext, "people" | "channels" | "state">;

/** What a menu offers. External menus offer what they hold, as nobody is asked for more. */
export function menuOptions(
  element: Select | MultiSelect,
  blockId: string,
  { people, channels, state }: Given,
): MenuOption[] {
  switch (element.type) {
    case "static_select":
    case "multi_static_select":
      return [
        ...(element.options ?? []).map((option) => fromOption(option)),
        ...(element.option_groups ?? []).flatMap(({ label, options }) =>
          options.map((option) => fromOption(option, plainWords(label))),
        ),
      ];
    case "external_select":
    case "multi_external_select":
      return heldThings(element, blockId, state).map((option) =>
        fromOption(option as unknown as PlainTextOption),
      );
    case "users_select":
    case "multi_users_select":
      return people.map(fromPerson);
    case "channels_select":
    case "multi_channels_select":
      return channels.filter(({ kind }) => kind === "channel").map((channel) => fromChannel(channel, people));
    default: {
      const { include, exclude_bot_users: excludesApps = false } = element.filter ?? {};
      const isApp = ({ withUser }: PageChannel) => people.some(({ id, isApp }) => isApp && id === withUser);
      const isIncluded = ({ kind }: PageChannel) =>
        include === undefined ||
        (kind === "direct" ? include.includes("im") : include.some((one) => one !== "im" && one !== "mpim"));
      return channels
        .filter((channel) => isIncluded(channel) && !(excludesApps && isApp(channel)))
        .map((channel) => fromChannel(channel, people));
    }
  }
}

function fromOption({ value = "", text, description }: PlainTextOption, group?: string): MenuOption {
  return {
    value,
    label: plainWords(text),
    ...(description === undefined ? {} : { detail: plainWords(description) }),
    group,
  };
}

function fromPerson({ id, realName, name, isApp }: PagePerson): MenuOption {
  return { value: id, label: realName, detail: isApp ? "App" : `@${name}` };
}

function fromChannel({ id, kind, name, withUser }: PageChannel, people: readonly PagePerson[]): MenuOption {
  if (kind === "channel") return { value: id, label: `#${name}` };
  const other = people.find((person) => person.id === withUser);
  return { value: id, label: other?.realName ?? name, detail: "Direct message" };
}
