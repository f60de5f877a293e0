import { nameToEmoji } from "gemoji";

/** Names that Slack knows and the common set does not. */
const SLACK_NAMES: Readonly<Record<string, string>> = {
  large_green_circle: "🟢",
  large_yellow_circle: "🟡",
  large_orange_circle: "🟠",
  large_purple_circle: "🟣",
  large_brown_circle: "🟤",
  large_red_square: "🟥",
  large_green_square: "🟩",
  large_yellow_square: "🟨",
  slightly_smiling_face: "🙂",
  simple_smile: "🙂",
  thinking_face: "🤔",
  face_with_monocle: "🧐",
  exclamation: "❗",
  heavy_exclamation_mark: "❗",
  knife_fork_plate: "🍽️",
  man_in_business_suit_levitating: "🕴️",
  double_vertical_bar: "⏸️",
  black_circle_for_record: "⏺️",
  black_square_for_stop: "⏹️",
  lower_left_ballpoint_pen: "🖊️",
  card_file_box: "🗃️",
  robot_face: "🤖",
};

/** The character for a short name without its colons, skin tones taken off; undefined where there is none. */
export function emojiCharacter(name: string): string | undefined {
  const plain = name.replace(/::skin-tone-[2-6]$/, "");
  if (Object.hasOwn(SLACK_NAMES, plain)) return SLACK_NAMES[plain];
  return Object.hasOwn(nameToEmoji, plain) ? nameToEmoji[plain] : undefined;
}

/** One emoji by its short name; a name that nobody knows stands as it was written. */
export function Emoji({ name }: { name: string }) {
  const character = emojiCharacter(name);
  if (character === undefined) return <>:{name}:</>;
  return (
    <span class="bk-emoji" role="img" aria-label={name.replaceAll("_", " ")}>
      {character}
    </span>
  );
}
