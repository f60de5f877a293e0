import { useBlockContext } from "./context.ts";

/** A person by id, with the name that the reader knows. */
export function UserMention({ id }: { id: string }) {
  const { people } = useBlockContext();
  const person = people.find((one) => one.id === id);
  return <span class="bk-mention">@{person?.realName ?? id}</span>;
}

/** A channel by id. */
export function ChannelMention({ id }: { id: string }) {
  const { channels } = useBlockContext();
  const channel = channels.find((one) => one.id === id);
  return <span class="bk-mention">#{channel?.name ?? id}</span>;
}

/** A user group by id, with the name that came with it. */
export function GroupMention({ id, name }: { id: string; name?: string }) {
  return <span class="bk-mention">@{name ?? id}</span>;
}

/** Everyone: `here`, `channel` or `everyone`. */
export function BroadcastMention({ range }: { range: string }) {
  return <span class="bk-mention bk-broadcast">@{range}</span>;
}
