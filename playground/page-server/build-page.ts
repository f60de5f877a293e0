import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { promisify, stripVTControlCharacters } from "node:util";
import { basicEnvironment, PROJECT } from "../app-process.ts";

const run = promisify(execFile);
const KEPT_BUILDS = 3;
/** Another start may be building or reading what is younger. */
const YOUNG_MILLISECONDS = 10 * 60_000;

/** Where the page's sources and its builds are. */
export interface PagePlaces {
  /** A folder with the page's `vite.config.ts`. */
  source: string;
  /** A folder with one folder for each build. */
  cache: string;
}

export const PAGE_PLACES: PagePlaces = {
  source: join(PROJECT, "playground", "page"),
  cache: join(PROJECT, "node_modules", ".cache", "deadbolt-playground"),
};

/** The page could not be built; the message is what the builder said. */
class PageBuildError extends Error {
  override name = "PageBuildError";
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

/** Changes with the page's sources and with the versions of what builds it. */
async function keyOfSources(source: string): Promise<string> {
  const files = [
    ...(await filesUnder(source)),
    join(PROJECT, "playground", "page-api.ts"),
    // The gallery's longest texts are made by them.
    join(PROJECT, "playground", "slack", "limits.ts"),
    join(PROJECT, "package-lock.json"),
  ];
  const hash = createHash("sha256");
  for (const file of files) {
    const content = await readFile(file);
    hash.update(`${relative(PROJECT, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex").slice(0, 20);
}

async function build(source: string, into: string): Promise<void> {
  const vite = join(PROJECT, "node_modules", "vite", "bin", "vite.js");
  if (!existsSync(vite))
    throw new PageBuildError("Vite is not installed. Run `npm ci`, with development dependencies.");
  const config = join(source, "vite.config.ts");
  const options = ["--config", config, "--outDir", into, "--emptyOutDir", "--logLevel", "warn"];
  try {
    // A process of its own: building sets NODE_ENV, and takes the time of a processor for a second.
    await run(process.execPath, [vite, "build", ...options], {
      cwd: PROJECT,
      env: { ...basicEnvironment(), NODE_ENV: "production", NO_COLOR: "1" },
    });
  } catch (error) {
    const { stderr, stdout, message } = error as { stderr?: string; stdout?: string; message: string };
    const said = stripVTControlCharacters(stderr?.trim() || stdout?.trim() || message);
    throw new PageBuildError(`The page could not be built.\n${said}`);
  }
}

async function removeOldBuilds(cache: string): Promise<void> {
  const builds = await Promise.all(
    (await readdir(cache)).map(async (name) => {
      const folder = join(cache, name);
      return { folder, builtAt: (await stat(folder)).mtimeMs };
    }),
  );
  const old = builds
    .toSorted((left, right) => right.builtAt - left.builtAt)
    .slice(KEPT_BUILDS)
    .filter(({ builtAt }) => Date.now() - builtAt > YOUNG_MILLISECONDS);
  for (const { folder } of old) await rm(folder, { recursive: true, force: true });
}

/**
 * The folder with the built page; building takes a second or two, and is done once for the same sources.
 * @throws PageBuildError
 */
export async function builtPage({ source, cache }: PagePlaces): Promise<string> {
  const folder = join(cache, await keyOfSources(source));
  if (existsSync(folder)) return folder;
  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(join(cache, "building-"));
  try {
    await build(source, fresh);
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    // Another start may have built the same page meanwhile.
    if (!existsSync(folder)) throw error;
  }
  await removeOldBuilds(cache);
  return folder;
}
