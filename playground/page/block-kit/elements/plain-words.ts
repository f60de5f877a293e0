import type { PlainTextElement } from "@slack/types";
import { emojiCharacter } from "../emoji.tsx";

/** A plain text as a string with its emoji, for attributes and native controls, which hold no markup. */
export function plainWords(text: PlainTextElement): string {
  if (text.emoji === false) return text.text;
  return text.text.replaceAll(/:([a-z0-9_+'-]+):/g, (whole, name: string) => emojiCharacter(name) ?? whole);
}

/** The words in an empty field; undefined without a placeholder. */
export function placeholderWords(element: { placeholder?: PlainTextElement }): string | undefined {
  return element.placeholder === undefined ? undefined : plainWords(element.placeholder);
}
