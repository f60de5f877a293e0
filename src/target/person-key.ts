/** Letters that look like these plain ones, as far as names are written with them. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  a: "аαɑᴀ",
  b: "вьβʙƅ",
  c: "сςᴄϲ",
  d: "ԁđᴅɗ",
  e: "еεєᴇҽ",
  f: "ꜰƒ",
  g: "ɡɢցǥ",
  h: "нһհħʜ",
  i: "іιıɪɩ",
  j: "јյᴊϳ",
  k: "кκᴋ",
  l: "ӏłʟ1|ǀ",
  m: "мᴍ",
  n: "пηոπɴ",
  o: "оοσօøᴏ0",
  p: "рρᴘ",
  q: "ԛզ",
  r: "гʀ",
  s: "ѕꜱ",
  t: "тτŧᴛ",
  u: "υμսᴜ",
  v: "νѵʋᴠ",
  w: "ԝωաᴡ",
  x: "хχ",
  y: "уγʏ",
  z: "ᴢ",
};

const PLAIN: ReadonlyMap<string, string> = new Map(
  Object.entries(LOOK_ALIKES).flatMap(([plain, others]) => Array.from(others, (other) => [other, plain])),
);

/** Format characters, fillers and blanks: what nobody sees, or takes for a space. U+2800 is a blank braille pattern. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{Z}\u2800]/gu;

const VISIBLE_ASCII = /^[!-~]*$/;
/** Nothing that looks like something else: nearly every address. */
const PLAIN_ALREADY = /^(?:[a-qs-uw-z2-9._-]|r(?!n)|v(?!v))*$/;

/**
 * The form in which two names of people are compared: names with the same key may belong to the same person. A Slack id
 * is taken without case. Of an e-mail, parts after a plus, accents, invisible characters, and which of several
 * characters that look alike it has, mean nothing. It errs towards "the same": use it to keep someone from deciding
 * about themselves, and never to give anybody anything.
 */
export function personKey(name: string): string {
  const seen = VISIBLE_ASCII.test(name)
    ? name.toLowerCase()
    : name.normalize("NFKC").replaceAll(INVISIBLE, "").toLowerCase();
  const at = seen.lastIndexOf("@");
  if (at === -1) return seen;
  const [local = ""] = seen.slice(0, at).split("+");
  // An address that is nothing but a plus part is compared as a whole.
  return `${plain(local === "" ? seen.slice(0, at) : local)}@${plain(seen.slice(at + 1))}`;
}

function plain(text: string): string {
  if (PLAIN_ALREADY.test(text)) return text;
  const bare = text.normalize("NFKD").replaceAll(/\p{M}/gu, "");
  return Array.from(bare, (character) => PLAIN.get(character) ?? character)
    .join("")
    .replaceAll("rn", "m")
    .replaceAll("vv", "w");
}

/** Whether two people may be one: a name of each has the same key. What is missing or empty is no name. */
export function mayBeSamePerson(
  names: readonly (string | undefined)[],
  otherNames: readonly (string | undefined)[],
): boolean {
  const keys = keysOf(names);
  return keysOf(otherNames).some((key) => keys.includes(key));
}

/** The keys of names, without what is missing or empty. */
export function keysOf(names: readonly (string | undefined)[]): string[] {
  const keys = names.flatMap((name) => (name === undefined ? [] : [personKey(name)]));
  return [...new Set(keys.filter((key) => key !== ""))];
}

const LATIN = /\p{Script=Latin}/u;
const OTHER_LETTER = /(?!\p{Script=Latin})\p{L}/u;

/** Whether an e-mail mixes letters of several scripts in one part, so that it may be made to look like another one. */
export function mixesScripts(email: string): boolean {
  return email
    .normalize("NFKC")
    .split(/[@.]/)
    .some((part) => LATIN.test(part) && OTHER_LETTER.test(part));
}
