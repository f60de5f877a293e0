import type { Block } from "../../page-api.ts";
import { button, mrkdwn, paragraph, picture, plain } from "./parts.ts";
import type { Sample } from "./sample.ts";

const SURFACES = { message: "a message", modal: "a modal", home: "a home tab" } as const;

/** The blocks that every surface takes. */
function blocks(surface: string): Block[] {
  return [
    { type: "header", text: plain("Lockout of Sam Rivers") },
    { type: "alert", level: "warning", text: mrkdwn("*Three* doors are still open.") },
    { type: "section", text: mrkdwn("Asked by <@U0RILEY> in <#C0SEC>"), accessory: button("Look") },
    { type: "section", fields: [mrkdwn("*Zoom*\nclosed"), plain("Cloudflare\nopen")] },
    paragraph("Every effect is read back."),
    { type: "divider" },
    { ...picture("A lock on a green door"), title: plain("A picture") },
    {
      type: "video",
      video_url: "https://videos.example/one",
      thumbnail_url: "https://videos.example/one.png",
      alt_text: "Somebody closes a door",
      title: plain("How a lockout works"),
      title_url: "https://videos.example/one",
      author_name: "Alex Moreau",
      provider_name: "Northwind",
      description: plain("Two minutes."),
    },
    { type: "actions", block_id: `everywhere-${surface}`, elements: [button("Stop", { style: "danger" })] },
    { type: "context", elements: [picture("A clock"), mrkdwn("Expires in `10 min`")] },
  ];
}

/** On each surface what all of them take. */
export const EVERYWHERE_SAMPLES: readonly Sample[] = (["message", "modal", "home"] as const).map(
  (surface) => ({
    id: `everywhere-${surface}`,
    title: `What every surface takes, in ${SURFACES[surface]}`,
    surface,
    blocks: blocks(surface),
  }),
);
