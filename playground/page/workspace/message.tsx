import type { EnteredValue, PageFile, PageMessage } from "../../page-api.ts";
import { Blocks } from "../block-kit/blocks.tsx";
import { asBlocks } from "./as-blocks.ts";
import { Face } from "./face.tsx";
import { clockTime, momentOf, wholeMoment } from "./times.ts";
import { useWorkspace } from "./use-workspace.ts";

interface Props {
  message: PageMessage;
  /** Answers in its thread; undefined inside of a thread. */
  replies?: readonly PageMessage[];
}

/** One message with its author, its buttons and the way to its thread. */
export function Message({ message, replies }: Props) {
  const { snapshot, me, act, openThread, thread } = useWorkspace();
  const author = snapshot.people.find(({ id }) => id === message.user);
  const name = author?.realName ?? message.user;
  const moment = momentOf(message.ts);
  const press = (actionId: string, _blockId: string, value?: EnteredValue) =>
    void act({
      kind: "press",
      channel: message.channel,
      ts: message.ts,
      actionId,
      value,
    });
  return (
    <article
      class={`message ${message.onlyYou ? "message-only-you" : ""} ${thread === message.ts && replies !== undefined ? "message-open" : ""}`}
      aria-label={`${name}, ${clockTime(moment, me.timeZone)}`}
      data-ts={message.ts}
    >
      <Face person={author} />
      <div class="message-body">
        {message.onlyYou && (
          <p class="only-you">
            <EyeSign /> Only visible to you
          </p>
        )}
        <header class="message-head">
          <strong>{name}</strong>
          {author?.isApp === true && <span class="badge">App</span>}
          <time dateTime={moment.toISOString()} title={wholeMoment(moment, me.timeZone)}>
            {clockTime(moment, me.timeZone)}
          </time>
          {message.edited && <span class="soft">(edited)</span>}
        </header>
        <Blocks
          blocks={asBlocks(message)}
          context={{
            people: snapshot.people,
            channels: snapshot.channels,
            timeZone: me.timeZone,
            surface: "message",
            onPress: press,
            onChange: () => undefined,
            onDispatch: (blockId, actionId, value) => press(actionId, blockId, value),
          }}
        />
        {message.files.map((file) => (
          <FileLink key={file.id} file={file} me={me.id} />
        ))}
        {replies !== undefined && (replies.length > 0 || !message.onlyYou) && (
          <ThreadLink message={message} replies={replies} open={() => openThread(message.ts)} />
        )}
      </div>
    </article>
  );
}

function FileLink({ file, me }: { file: PageFile; me: string }) {
  const address = `api/file?as=${encodeURIComponent(me)}&id=${encodeURIComponent(file.id)}`;
  return (
    <a class="file-link" href={address} download={file.name}>
      <strong>{file.title}</strong>
      <span class="soft">
        {file.name}, {file.size.toLocaleString("en-GB")} bytes
      </span>
    </a>
  );
}

function ThreadLink({
  message,
  replies,
  open,
}: Required<Props> & {
  open: () => void;
}) {
  const { me } = useWorkspace();
  const last = replies.at(-1);
  if (last === undefined)
    return (
      <button type="button" class="thread-link thread-start" data-thread={message.ts} onClick={open}>
        Reply in thread
      </button>
    );
  return (
    <button type="button" class="thread-link" data-thread={message.ts} onClick={open}>
      <strong>{replies.length === 1 ? "1 reply" : `${replies.length} replies`}</strong>
      <span class="soft">last at {clockTime(momentOf(last.ts), me.timeZone)}</span>
    </button>
  );
}

function EyeSign() {
  return (
    <svg
      viewBox="0 0 24 24"
      width="14"
      height="14"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      aria-hidden="true"
    >
      <path d="M2 12s3.6-6 10-6 10 6 10 6-3.6 6-10 6S2 12 2 12z" />
      <circle cx="12" cy="12" r="2.6" />
    </svg>
  );
}
