import { chmod, readFile, rename, writeFile } from "node:fs/promises";
import { parseEnv } from "node:util";

const OWNER_ONLY = 0o600;

/** The settings of a file such as `.env`; none where there is no file. */
export async function readEnvironmentFile(file: string): Promise<Record<string, string>> {
  const values = parseEnv((await readIfThere(file)) ?? "");
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}

/**
 * Sets some settings in a file such as `.env` and leaves all else as it is: whole or not at all, and only its owner may
 * read it.
 * @param template what a file that does not exist yet begins with
 */
export async function writeEnvironmentFile(
  file: string,
  values: Readonly<Record<string, string>>,
  template: string,
): Promise<void> {
  let text = (await readIfThere(file)) ?? template;
  for (const [name, value] of Object.entries(values)) text = withSetting(text, name, quoted(value));
  const building = `${file}.${process.pid}`;
  await writeFile(building, text, { mode: OWNER_ONLY, flush: true });
  await chmod(building, OWNER_ONLY);
  await rename(building, file);
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** In the place of the line that has it, else of one that is commented out, else at the end. */
function withSetting(text: string, name: string, value: string): string {
  const line = `${name}=${value}`;
  for (const pattern of [new RegExp(`^${name}=.*$`, "m"), new RegExp(`^# ${name}=.*$`, "m")])
    if (pattern.test(text)) return text.replace(pattern, () => line);
  return `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${line}\n`;
}

/** @throws RangeError for a value that no quotes can hold */
function quoted(value: string): string {
  if (/^[\w.:/@+=,~-]*$/.test(value)) return value;
  const quote = ["'", '"', "`"].find((one) => !value.includes(one));
  if (quote === undefined || value.includes("\n")) throw new RangeError("This value fits in no quotes.");
  return `${quote}${value}${quote}`;
}
