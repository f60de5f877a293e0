import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { builtPage, type PagePlaces } from "./build-page.ts";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

interface PageFile {
  body: Buffer;
  headers: Record<string, string>;
}

/** The files of the built page by their path; kept in memory, so that no path leads anywhere else. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/** Builds the page where that is needed, and reads it. @throws PageBuildError */
export async function readPage(places: PagePlaces): Promise<PageFiles> {
  const folder = await builtPage(places);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, PageFile>();
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(folder, file).split(sep).join("/")}`;
    const isNamedByContent = path.startsWith("/assets/");
    files.set(path, {
      body: await readFile(file),
      headers: {
        "content-type": TYPES[extname(path)] ?? "application/octet-stream",
        "cache-control": isNamedByContent ? "public, max-age=31536000, immutable" : "no-cache",
      },
    });
  }
  const index = files.get("/index.html");
  if (index !== undefined) files.set("/", index);
  return files;
}
