import type { WebClient } from "@slack/web-api";
import type { SummaryResult } from "../../src/deps/lockout.ts";

type Summary = Extract<SummaryResult, { kind: "summarised" }>;

/** Slack takes 12,000 characters in the Markdown blocks of a message. */
const LONGEST_BLOCK = 11_900;

/** The first lines of a text that fit, and a word about the rest. */
function within(markdown: string): string {
  if (markdown.length <= LONGEST_BLOCK) return markdown;
  const kept = markdown.slice(0, LONGEST_BLOCK - 60);
  return `${kept.slice(0, kept.lastIndexOf("\n"))}\n\n… the file below has all of it.`;
}

/** Puts a post-incident summary into the lockout's thread: as a block that a canvas takes, and as a file. */
export async function postSummary(
  client: WebClient,
  { markdown, fileName }: Summary,
  place: { channel: string; threadTs?: string; tell(text: string): Promise<void> },
): Promise<void> {
  const { channel, threadTs } = place;
  await client.chat.postMessage({
    channel,
    thread_ts: threadTs,
    text: "Post-incident summary",
    unfurl_links: false,
    unfurl_media: false,
    blocks: [{ type: "markdown", text: within(markdown) }],
  });
  try {
    const file = { filename: fileName, title: fileName, content: markdown };
    await (threadTs === undefined
      ? client.filesUploadV2({ channel_id: channel, ...file })
      : client.filesUploadV2({ channel_id: channel, thread_ts: threadTs, ...file }));
  } catch {
    await place.tell(
      ":warning: The summary is in the thread. Slack did not take it as a file: press the button again for another try.",
    );
  }
}
