const WORDS =
  "access taken away is read back until it shows and what cannot be proven is said so without any green sign ".split(
    " ",
  );
/** Without a break for longer than any line on a phone, as names and links of machines are. */
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

/** A text of exactly so many characters with nothing in it where a line could end. */
export function unbrokenOf(length: number): string {
  const end = `x${length}`;
  return `Longest${"a8f3".repeat(Math.ceil(length / 4))}`.slice(0, length - end.length) + end;
}

/** For lists: the one for odd numbers, the other for even ones. */
export function eitherOf(length: number, number: number): string {
  return number % 2 === 1 ? textOf(length) : unbrokenOf(length);
}

/** How many things, made from their numbers, which begin at 1. */
export function many<Thing>(count: number, make: (number: number) => Thing): Thing[] {
  return Array.from({ length: count }, (_, index) => make(index + 1));
}
