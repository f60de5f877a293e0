import type { ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { EnteredValue, PageView } from "../../page-api.ts";
import { sendFile } from "../server.ts";
import { Blocks } from "../block-kit/blocks.tsx";
import { fieldFaults, type Entries } from "./field-faults.ts";
import { useWorkspace } from "./use-workspace.ts";

/**
 * The topmost of the open modals. What is typed is kept here, and given to Slack when it is submitted; only fields
 * that report their changes tell them at once.
 * @param children what has to stay in reach in front of the modal
 */
export function Modal({ view, children }: { view: PageView; children?: ComponentChildren }) {
  const { snapshot, me, act } = useWorkspace();
  const dialog = useRef<HTMLDialogElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const entries = useRef<Entries>({});
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [isWorking, setWorking] = useState(false);
  const title = useId();
  const errors = { ...view.errors, ...faults };
  const errorKey = JSON.stringify(errors);

  useLayoutEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    const first = form.current?.querySelector<HTMLElement>(
      ".modal-body :is(input, select, textarea, button, [tabindex='0']):not([disabled])",
    );
    (first ?? form.current?.querySelector<HTMLElement>(".modal-foot button"))?.focus();
    return () => {
      // Nothing behind an open dialog takes the focus, so it must be gone first.
      queueMicrotask(() => {
        if (document.querySelector("dialog[open]") !== null) return;
        if (opener instanceof HTMLElement && opener !== document.body && opener.isConnected) opener.focus();
        else document.querySelector<HTMLElement>("[data-composer=channel] input")?.focus();
      });
    };
  }, []);

  useEffect(() => {
    if (errorKey === "{}") return;
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    wrong?.focus();
    // The words about it stand below the field, and must be seen too.
    wrong?.closest("[data-block]")?.scrollIntoView({ block: "nearest" });
  }, [errorKey]);

  const close = () => act({ kind: "close", viewId: view.id });
  async function submit() {
    const wrong = fieldFaults(view, entries.current);
    setFaults(wrong);
    if (Object.keys(wrong).length > 0) return;
    // What is in other blocks was told when it was changed.
    const present = new Set(view.blocks.filter(({ type }) => type === "input").map(({ block_id: id }) => id));
    const values: Record<string, EnteredValue> = {};
    for (const [blockId, fields] of Object.entries(entries.current))
      if (present.has(blockId))
        // JSON carries no undefined; empty text empties a field just as well.
        for (const value of Object.values(fields)) values[blockId] = value ?? "";
    setWorking(true);
    await act({ kind: "submit", viewId: view.id, values });
    setWorking(false);
  }
  function enter(blockId: string, actionId: string, value: EnteredValue) {
    entries.current = {
      ...entries.current,
      [blockId]: { ...entries.current[blockId], [actionId]: value },
    };
    setFaults(({ [blockId]: _mended, ...others }) => others);
  }

  return (
    <dialog
      ref={dialog}
      class="modal"
      aria-labelledby={title}
      data-view={view.id}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        void close();
      }}
    >
      {children}
      <form
        ref={form}
        class="modal-box"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isWorking && view.submit !== undefined) void submit();
        }}
      >
        <header class="modal-head">
          <h2 id={title}>{view.title}</h2>
          <button type="button" class="icon-button" aria-label="Close" onClick={() => void close()}>
            ✕
          </button>
        </header>
        <div class="modal-body">
          <Blocks
            blocks={view.blocks}
            context={{
              people: snapshot.people,
              channels: snapshot.channels,
              timeZone: me.timeZone,
              surface: "modal",
              state: view.state,
              errors,
              upload: (file) => sendFile(me.id, file),
              onPress: (actionId, _blockId, value) =>
                void act({
                  kind: "pressInView",
                  viewId: view.id,
                  actionId,
                  value,
                }),
              onChange: (blockId, actionId, value) => enter(blockId, actionId, value),
              onDispatch: (blockId, actionId, value) => {
                enter(blockId, actionId, value);
                void act({ kind: "change", viewId: view.id, blockId, actionId, value: value ?? "" });
              },
            }}
          />
        </div>
        <footer class="modal-foot">
          <span class="soft modal-pretend">Pretend: nothing here is real</span>
          <button type="button" class="button" onClick={() => void close()}>
            {view.close}
          </button>
          {view.submit !== undefined && (
            <button type="submit" class="button primary" aria-busy={isWorking} disabled={isWorking}>
              {isWorking ? "Sending…" : view.submit}
            </button>
          )}
        </footer>
      </form>
    </dialog>
  );
}
