import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

/** Where the system's Chromium is; `CHROMIUM_PATH` names another. */
export const CHROMIUM = process.env["CHROMIUM_PATH"] || "/usr/bin/chromium";

/** Whether there is a Chromium to start. */
export const HAS_CHROMIUM: boolean = existsSync(CHROMIUM);

/** What Playwright itself switches off: a list of ours takes the place of its own. */
const OFF_FOR_PLAYWRIGHT = [
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "LensOverlay",
  "MediaRouter",
  "PaintHolding",
  "ThirdPartyStoragePartitioning",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "OptimizationHints",
  "NetworkTimeServiceQuerying",
  "AimEnabled",
  "PreconnectToSearch",
];

/** Each window would start pages of its own for an address bar that nobody sees: half of a second each. */
const OFF_FOR_US = [
  "WebUIOmniboxPopup",
  "WebUIOmniboxFullPopup",
  "WebUIOmniboxAimPopup",
  "SpareRendererForSitePerProcess",
];

/** Starts the system's Chromium without a window; it asks nothing of any server but those that a page names. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      `--disable-features=${[...OFF_FOR_PLAYWRIGHT, ...OFF_FOR_US].join(",")}`,
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
