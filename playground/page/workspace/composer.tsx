import { useId, useRef, useState } from "preact/hooks";
import { parseCommand, suggestionsFor } from "./completion.ts";
import { useWorkspace } from "./use-workspace.ts";

interface Props {
  channel: string;
  threadTs?: string;
  label: string;
}

/** The message box: words, or a slash command, with completion by arrows, Tab and Enter. */
export function Composer({ channel, threadTs, label }: Props) {
  const { snapshot, act, notices } = useWorkspace();
  const [text, setText] = useState("");
  const [isPutAway, putAway] = useState(false);
  const [chosen, setChosen] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  // Slack takes no commands in threads.
  const commands = threadTs === undefined ? snapshot.commands : [];
  const suggestions = isPutAway ? [] : suggestionsFor(text, commands, snapshot.people);
  const active = suggestions[Math.min(chosen, suggestions.length - 1)];

  const type = (next: string) => {
    setText(next);
    putAway(false);
    setChosen(0);
  };
  async function send() {
    const said = text.trim();
    if (said === "") return;
    const command = parseCommand(said);
    if (command !== undefined && threadTs !== undefined)
      return notices.tell("Slack takes no slash commands in a thread. Type it in the channel.");
    if (command !== undefined && !commands.some((known) => known.command === command.command))
      return notices.tell(`${command.command} is not a command of this workspace.`);
    // Cleared at once: the answer may come when the next words are already being typed.
    type("");
    const went = await act(
      command === undefined
        ? { kind: "say", channel, text: said, threadTs }
        : { kind: "command", channel, ...command },
    );
    if (!went) setText((typed) => (typed === "" ? said : typed));
    return undefined;
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.isComposing || (event.key === "Tab" && event.shiftKey)) return;
    if (active === undefined) {
      if (event.key !== "Enter") return;
      event.preventDefault();
      void send();
      return;
    }
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      const at = suggestions.indexOf(active);
      setChosen((at + step + suggestions.length) % suggestions.length);
    } else if (event.key === "Tab" || event.key === "Enter") {
      // A command that is written out is sent, as in Slack.
      if (event.key === "Enter" && active.text.trim() === text.trim()) void send();
      else type(active.text);
    } else if (event.key === "Escape") putAway(true);
    else return;
    event.preventDefault();
  }

  return (
    <form
      class="composer"
      data-composer={threadTs === undefined ? "channel" : "thread"}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {suggestions.length > 0 && (
        <ul class="suggestions" id={`${id}list`} role="listbox" aria-label="Suggestions">
          {suggestions.map((one) => (
            <li
              key={one.id}
              id={`${id}${one.id}`}
              role="option"
              aria-selected={one === active}
              onPointerDown={(event) => {
                event.preventDefault();
                type(one.text);
                input.current?.focus();
              }}
            >
              <span>
                <strong>{one.label}</strong> <span class="soft">{one.usage}</span>
              </span>
              <span class="soft suggestion-note">{one.note}</span>
            </li>
          ))}
        </ul>
      )}
      <div class="composer-box">
        <input
          ref={input}
          type="text"
          role="combobox"
          autoComplete="off"
          spellcheck={false}
          enterKeyHint="send"
          placeholder={threadTs === undefined ? `${label}, or type / for commands` : label}
          aria-label={label}
          aria-autocomplete="list"
          aria-expanded={suggestions.length > 0}
          aria-controls={suggestions.length > 0 ? `${id}list` : undefined}
          aria-activedescendant={active === undefined ? undefined : `${id}${active.id}`}
          value={text}
          onInput={({ currentTarget }) => type(currentTarget.value)}
          onKeyDown={onKeyDown}
          onBlur={() => putAway(true)}
        />
        <button type="submit" class="button primary" disabled={text.trim() === ""}>
          Send
        </button>
      </div>
    </form>
  );
}
