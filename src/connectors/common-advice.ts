import { type Vendor, VENDOR_NAMES } from "../catalogue/vendor.ts";
import type { AdviceRule, Situation } from "./advice-rule.ts";

/** The settings that say where a vendor is. */
const ADDRESSES: Readonly<Record<Vendor, string>> = {
  zoom: "ZOOM_API_URL and ZOOM_OAUTH_URL",
  cloudflare: "CLOUDFLARE_API_URL",
  slack: "SLACK_API_URL",
};

const HTTP = "https://www.rfc-editor.org/rfc/rfc9110";
const OURS = "no answer, or none that could be read";

/** What to do where no answer came, or none of the vendor's own, whichever vendor it is. */
export const commonAdvice: readonly AdviceRule[] = [
  {
    kind: "unreadable",
    words: /^The list /,
    say: "The list could not be read whole, so nothing is concluded from it: try again, and narrow the question if it says so again.",
    source: OURS,
  },
  {
    kind: "unreadable",
    say: ({ vendor }) =>
      `What answered did not speak as ${VENDOR_NAMES[vendor]} does: check ${ADDRESSES[vendor]} and whether a proxy stands between.`,
    source: OURS,
  },
  {
    kind: "connection",
    say: "The vendor could not be reached: check the network and the vendor's status page, then try again.",
    source: OURS,
  },
  {
    kind: "timeout",
    say: "The vendor did not answer in time: check its status page, then try again.",
    source: OURS,
  },
  {
    kind: "server_error",
    say: "The vendor has a fault of its own: check its status page, then try again.",
    source: HTTP,
  },
];

/** Everything that no table knows: what the vendor said, in its own words and language, and no cause. */
export function onlyWhatWasSaid({ vendor, status, code, vendorMessage }: Situation): string {
  const numbers = [status, code].filter((part) => part !== undefined).join("/");
  const refused = `${VENDOR_NAMES[vendor]} refused this${numbers === "" ? "" : ` (${numbers})`}`;
  return vendorMessage === undefined
    ? `${refused} and did not say why.`
    : `${refused} and said: “${vendorMessage}”.`;
}
