import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

/** Where the system's Chromium is; `CHROMIUM_PATH` names another. */
export const CHROMIUM = process.env["CHROMIUM_PATH"] || "/usr/bin/chromium";

/** Whether there is a Chromium to start. */
export const HAS_CHROMIUM: boolean = existsSync(CHROMIUM);

/** Starts the system's Chromium without a window; it asks nothing of any server but those that a page names. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
