import type { Json } from "../../page-api.ts";

export type Part = { type: string; [key: string]: Json };

export const plain = (text: string): Part => ({ type: "plain_text", text, emoji: true });
export const mrkdwn = (text: string): Part => ({ type: "mrkdwn", text });
export const picture = (alt: string): Part => ({
  type: "image",
  image_url: "https://pictures.example/one.png",
  alt_text: alt,
});
export const textCell = (text: string): Part => ({ type: "raw_text", text });
export const numberCell = (value: number): Part => ({ type: "raw_number", value, text: String(value) });

/** The options of a menu. */
export function options(words: readonly string[], description?: string): Part["options"] {
  return words.map((word) => ({
    text: plain(word),
    value: word.slice(0, 150),
    ...(description === undefined ? {} : { description: plain(description) }),
  }));
}

/** A button that tells its own words. */
export function button(text: string, extra: Record<string, Json> = {}): Part {
  return { type: "button", text: plain(text), action_id: text, value: text, ...extra };
}

/** A rich text of one paragraph. */
export function paragraph(text: string): Part {
  return { type: "rich_text", elements: [section({ type: "text", text })] };
}

/** A line of a rich text. */
export function section(...elements: Part[]): Part {
  return { type: "rich_text_section", elements };
}

export const CONFIRM = {
  title: plain("This cannot be undone"),
  text: plain("Delete sam@northwind.example?"),
  confirm: plain("Delete"),
  deny: plain("Go back"),
  style: "danger",
};
