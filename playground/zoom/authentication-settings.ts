import { flags, objectOf, oneOf, text, type FieldRules } from "./field-rules.ts";
import { validationFailed } from "./refusal.ts";

type Members = Record<string, unknown>;

interface AuthenticationOption {
  id: string;
  name: string;
  type: string;
  default_option: boolean;
  visible: boolean;
  domains?: string;
}

const TYPES = {
  meeting_authentication: ["enforce_login", "enforce_login_with_same_account", "enforce_login_with_domains"],
  recording_authentication: ["internally", "enforce_login", "enforce_login_with_domains"],
} as const;

/** One of the two kinds of authentication, which have an option of the call to themselves. */
export type AuthenticationKind = keyof typeof TYPES;

/** Whether an option names one of them. */
export function isAuthentication(option: string | undefined): option is AuthenticationKind {
  return option !== undefined && Object.hasOwn(TYPES, option);
}

/** What a change of one kind takes. */
export function authenticationRules(kind: AuthenticationKind): FieldRules {
  return {
    ...flags(kind),
    authentication_option: objectOf({
      ...flags("default_option"),
      action: oneOf("update", "show", "hide"),
      domains: text,
      id: text,
      name: text,
      type: oneOf(...TYPES[kind]),
    }),
  };
}

/** What is shown of one kind: until someone changes it, off, with one option that the account made. */
export function showAuthentication(kind: AuthenticationKind, kept: unknown): Members {
  return (
    (kept as Members | undefined) ?? {
      [kind]: false,
      authentication_options: [
        {
          id: "signed-in",
          name: "Signed in to Zoom",
          type: "enforce_login",
          default_option: true,
          visible: true,
        },
      ] satisfies AuthenticationOption[],
    }
  );
}

/** The same after a change. Throws 400/300 for an option that is not there. */
export function changeAuthentication(kind: AuthenticationKind, kept: unknown, body: Members): Members {
  const { authentication_option: wanted, ...others } = body;
  const before = showAuthentication(kind, kept);
  if (wanted === undefined) return { ...before, ...others };
  const { action = "update", ...changes } = wanted as Partial<AuthenticationOption> & { action?: string };
  const list = before["authentication_options"] as AuthenticationOption[];
  if (!list.some(({ id }) => id === changes.id))
    throw validationFailed("authentication_option", "Invalid field.");
  return {
    ...before,
    ...others,
    authentication_options: list.map((one) =>
      one.id !== changes.id
        ? one
        : { ...one, ...(action === "update" ? changes : { visible: action === "show" }) },
    ),
  };
}
