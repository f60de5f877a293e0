import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inputFields } from "../../src/catalogue/input-fields.ts";
import { parametersLines } from "../../src/catalogue/parameters-lines.ts";
import { findOperation } from "../../src/catalogue/registry.ts";
import { findContract } from "../contracts/validating-proxy.ts";

interface Schema {
  properties?: Record<string, Schema>;
  anyOf?: Schema[];
  oneOf?: Schema[];
}
interface Described {
  operationId: string;
  parameters?: { in: string; name: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

/** The operations of Zoom's description that take more than whom they are about, by the catalogue's names. */
const NAMES: Readonly<Record<string, string>> = {
  users: "zoom.user.list",
  userCreate: "zoom.user.create",
  userEmail: "zoom.user.checkEmail",
  userVanityName: "zoom.user.checkVanityName",
  user: "zoom.user.get",
  userDelete: "zoom.user.delete",
  userUpdate: "zoom.user.update",
  userAssistantCreate: "zoom.assistant.add",
  userEmailUpdate: "zoom.user.updateEmail",
  userPassword: "zoom.user.updatePassword",
  userPicture: "zoom.picture.upload",
  updatePresenceStatus: "zoom.user.updatePresence",
  userSettings: "zoom.user.getSettings",
  userSettingsUpdate: "zoom.user.updateSettings",
  uploadVBuser: "zoom.background.upload",
  delUserVB: "zoom.background.delete",
  userStatus: "zoom.user.updateStatus",
  userToken: "zoom.user.getToken",
};

/** Parameters that the catalogue calls something else. */
const RENAMED: Readonly<Record<string, string>> = {
  // Of a change of settings it follows from what is changed.
  option: "changes.meeting_security",
  custom_query_fields: "fields",
  ttl: "secondsToLive",
  duration: "minutes",
  user_info: "user",
  pic_file: "picture",
  file: "background",
  authentication_option: "changes.meeting_authentication.authentication_option",
};

function propertiesOf(schema: Schema): string[] {
  const alternatives = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  return [...Object.keys(schema.properties ?? {}), ...alternatives.flatMap(propertiesOf)];
}

function namesOf({ parameters = [], requestBody }: Described): string[] {
  const query = parameters.flatMap((one) => (one.in === "query" ? [one.name] : []));
  const bodies = Object.values(requestBody?.content ?? {}).flatMap(({ schema }) => propertiesOf(schema));
  return [...new Set([...query, ...bodies])];
}

const camel = (name: string) => name.replaceAll(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());

const file = findContract("zoom-users.strict.openapi.json");
const described: Described[] =
  file === undefined
    ? []
    : Object.values(
        (JSON.parse(readFileSync(file, "utf8")) as { paths: Record<string, Record<string, Described>> })
          .paths,
      )
        .flatMap((methods) => Object.values(methods))
        .filter((one) => one.operationId !== undefined && namesOf(one).length > 0);

describe.skipIf(file === undefined)("every parameter of Zoom's description has its place", () => {
  it.each(described.map((one) => [one.operationId, one] as const))("in %s", (operationId, one) => {
    const operation = findOperation(NAMES[operationId] ?? operationId);
    const paths = new Set(inputFields(operation).map(({ path }) => path));
    const lacking = namesOf(one).filter((name) => {
      const ours = RENAMED[name] ?? camel(name);
      const isTransfer = operationId === "userDelete" && name.startsWith("transfer_");
      return ![ours, camel(name), `changes.${name}`, ...(isTransfer ? ["transfer"] : [])].some((path) =>
        paths.has(path),
      );
    });
    expect(lacking).toEqual([]);
    const page = parametersLines(operation).join("\n");
    for (const { path } of inputFields(operation)) expect(page).toContain(path);
  });
});
