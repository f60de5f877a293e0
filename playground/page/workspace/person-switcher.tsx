import { useEffect, useRef, useState } from "preact/hooks";
import { Face } from "./face.tsx";
import { zoneName } from "./times.ts";
import { useWorkspace } from "./use-workspace.ts";

/** Who the page is, and a menu of all whom it can be. */
export function PersonSwitcher() {
  const { me, snapshot, become } = useWorkspace();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const people = snapshot.people.filter(({ canBe }) => canBe);

  useEffect(() => {
    if (!isOpen) return undefined;
    menu.current?.querySelector<HTMLElement>('[aria-checked="true"]')?.focus();
    const closeOutside = (event: Event) => {
      const { target } = event;
      if (target instanceof Node && menu.current?.parentElement?.contains(target) !== true) setOpen(false);
    };
    document.addEventListener("pointerdown", closeOutside);
    document.addEventListener("focusin", closeOutside);
    return () => {
      document.removeEventListener("pointerdown", closeOutside);
      document.removeEventListener("focusin", closeOutside);
    };
  }, [isOpen]);

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  function onKeyDown(event: KeyboardEvent) {
    const items = [...(menu.current?.querySelectorAll<HTMLElement>("[role=menuitemradio]") ?? [])];
    const at = items.findIndex((item) => item === document.activeElement);
    const to: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    const next = to[event.key];
    if (event.key === "Escape") close();
    else if (event.key === "Tab") return setOpen(false);
    else if (next !== undefined) items.at(next % items.length)?.focus();
    else return undefined;
    event.preventDefault();
    return undefined;
  }

  return (
    <div class="switcher">
      <button
        type="button"
        class="bar-button switcher-button"
        ref={button}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        data-tour="people"
        data-me={me.id}
        onClick={() => setOpen(!isOpen)}
      >
        <Face person={me} size="small" />
        <span class="hidden">Switch person. You are </span>
        <span class="switcher-words">
          <span class="switcher-name">{me.realName}</span>
          <span class="switcher-role">{me.role}</span>
        </span>
        <span aria-hidden="true">▾</span>
      </button>
      {isOpen && (
        <div class="menu" role="menu" aria-label="Who you are" ref={menu} onKeyDown={onKeyDown}>
          {people.map((person) => (
            <button
              type="button"
              key={person.id}
              class="menu-item"
              role="menuitemradio"
              tabIndex={-1}
              aria-checked={person.id === me.id}
              data-person={person.id}
              onClick={() => {
                become(person.id);
                close();
              }}
            >
              <Face person={person} />
              <span>
                <strong>{person.realName}</strong>
                <span class="soft menu-note">
                  {person.role} · {zoneName(person.timeZone)}
                </span>
              </span>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
