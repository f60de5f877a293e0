/** A sentence in plain words. Moments stay moments: each surface writes them as its readers know them. */
export type Sentence = readonly (string | Date)[];

/** A sentence as text, with every moment in UTC as ISO 8601 has it. */
export function sentenceText(sentence: Sentence): string {
  return sentence.map((part) => (typeof part === "string" ? part : part.toISOString())).join("");
}
