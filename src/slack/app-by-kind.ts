import type { App as BoltApp, Receiver, ReceiverEvent } from "@slack/bolt";

/** What Bolt's listeners are registered by. Whatever is none of the others is left to shortcuts. */
type Kind = "command" | "action" | "view" | "shortcut";

function kindOf({ body }: ReceiverEvent): Kind {
  const type: unknown = body["type"];
  if (body["command"] !== undefined) return "command";
  if (body["actions"] !== undefined) return "action";
  if (type === "view_submission" || type === "view_closed") return "view";
  return "shortcut";
}

/**
 * One Bolt app for each kind of delivery, behind the face of a single one. Bolt asks every listener about every
 * delivery, which takes three times as long as asking only those of its kind.
 * @param create makes an app that has no listeners yet; all of them must be alike
 * @returns an app that registers listeners by their kind, and middleware and error handlers for every kind
 */
export function appByKind(receiver: Receiver, create: () => BoltApp): BoltApp {
  const apps: Record<Kind, BoltApp> = {
    command: create(),
    action: create(),
    view: create(),
    shortcut: create(),
  };
  const app = new Proxy(apps.shortcut, {
    get(shortcuts, name) {
      if (name === "processEvent") return (event: ReceiverEvent) => apps[kindOf(event)].processEvent(event);
      if (name === "command" || name === "action" || name === "view")
        return apps[name][name].bind(apps[name]);
      if (name === "use")
        return (middleware: Parameters<BoltApp["use"]>[0]) => {
          for (const one of Object.values(apps)) one.use(middleware);
          return app;
        };
      if (name === "error")
        return (handler: Parameters<BoltApp["error"]>[0]) => {
          for (const one of Object.values(apps)) one.error(handler);
        };
      const value: unknown = Reflect.get(shortcuts, name);
      return typeof value === "function" ? (value.bind(shortcuts) as unknown) : value;
    },
  });
  // Each app has taken the deliveries for itself when it was made.
  receiver.init(app);
  return app;
}
