const WORDS =
  "access taken away is read back until it shows and what cannot be proven is said so without any green sign ".split(
    " ",
  );
/** Longer than any line on a phone, as names and links of machines are. */
const UNBROKEN = "a8f3".repeat(20);

/**
 * A text of exactly so many characters, always the same: words, among them one without any break, and an end that
 * can be looked for.
 */
export function textOf(length: number): string {
  const end = ` end-of-${length}`;
  if (length <= end.length) return "m".repeat(length);
  let text = "Longest";
  for (let index = 0; text.length < length; index += 1)
    text += ` ${index % 60 === 20 ? UNBROKEN : (WORDS[index % WORDS.length] ?? "")}`;
  return text.slice(0, length - end.length).replace(/ $/, ".") + end;
}

/** So many things, made from their numbers, which begin at 1. */
export function many<Thing>(count: number, make: (number: number) => Thing): Thing[] {
  return Array.from({ length: count }, (_, index) => make(index + 1));
}
