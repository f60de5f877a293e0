import type { VendorAnswer, VendorRequest } from "../vendor-http.ts";
import { ZoomRefusal, nothingFound, validationFailed } from "./refusal.ts";
import type { ZoomContext, ZoomRoute } from "./route.ts";
import { isAddressedBy, type ZoomBackground, zoomId, type ZoomUser } from "./user.ts";

const MEGABYTE = 1024 * 1024;
const MOST_BACKGROUNDS = 10;
const WRITE = ["user:write:admin", "user:write"];

/** The one file of a form; undefined when the form has none. Throws 415/300 and 400/300. */
async function readFile(request: VendorRequest, field: string): Promise<File | undefined> {
  const contentType = request.headers["content-type"] ?? "";
  if (!contentType.toLowerCase().startsWith("multipart/form-data"))
    throw new ZoomRefusal(415, 300, "Unsupported Content Type.");
  let form: FormData;
  try {
    form = await new Response(request.bytes, { headers: { "content-type": contentType } }).formData();
  } catch {
    throw new ZoomRefusal(400, 300, "Request Body should be a valid form.");
  }
  for (const name of form.keys()) if (name !== field) throw validationFailed(name, "Unknown field.");
  const file = form.get(field);
  return file instanceof File ? file : undefined;
}

async function hasSignature(file: File, signatures: readonly string[]): Promise<boolean> {
  const start = Buffer.from(await file.slice(0, 8).arrayBuffer()).toString("latin1");
  return signatures.some((signature) => start.startsWith(signature));
}

const JPEG = "\u00ff\u00d8\u00ff";
const PNG = "\u0089PNG\r\n\u001a\n";
const GIF = "GIF8";

function refuseFile(message: string): ZoomRefusal {
  return new ZoomRefusal(400, 120, message);
}

function checkMayChangePicture({ account }: ZoomContext): void {
  if (account.onlyAdministratorsChangePictures)
    throw new ZoomRefusal(400, 200, "Only an account administrator can change a profile picture.");
}

/** `POST /users/{userId}/picture`: a JPEG or a PNG in the part `pic_file`. */
async function uploadPicture(context: ZoomContext): Promise<VendorAnswer> {
  const { account, directory, request, userId } = context;
  const file = await readFile(request, "pic_file");
  const user = directory.find(userId);
  checkMayChangePicture(context);
  if (!file || file.size === 0) throw refuseFile("File is empty.");
  if (file.size > 2 * MEGABYTE) throw refuseFile("File size cannot exceed 2M.");
  if (!(await hasSignature(file, [JPEG, PNG])))
    throw refuseFile("Only jpg/jpeg or png image file can be uploaded.");
  if (account.takesPicturesForExplicit)
    throw new ZoomRefusal(
      400,
      300,
      "Your request was not accepted because the profile picture contains invalid or explicit content.",
    );
  return directory.write(user, () => {
    user.pic_url = `https://example.zoom.us/p/v2/${zoomId()}`;
    return { status: 201, body: {} };
  });
}

/** `DELETE /users/{userId}/picture`. */
async function deletePicture(context: ZoomContext): Promise<VendorAnswer> {
  const user = context.directory.find(context.userId);
  checkMayChangePicture(context);
  return context.directory.write(user, () => {
    delete user.pic_url;
    return { status: 204 };
  });
}

/** `POST /users/{userId}/settings/virtual_backgrounds`: by id only, an image in the part `file`. */
async function uploadBackground({ account, directory, request, userId }: ZoomContext): Promise<VendorAnswer> {
  const file = await readFile(request, "file");
  const user = [...account.users.values()].find(isAddressedBy(account, userId));
  if (!user || (user.id !== userId && userId !== "me")) throw nothingFound();
  if (!file || file.size === 0) throw refuseFile("No file uploaded, verify that a file has been uploaded.");
  if (file.size > 15 * MEGABYTE) throw refuseFile("File size cannot exceed 15M.");
  if (!(await hasSignature(file, [JPEG, PNG, GIF])))
    throw refuseFile("Only jpg/jpeg, gif or png image file can be uploaded.");
  if (user.pretend.backgrounds.length >= MOST_BACKGROUNDS)
    throw refuseFile("A maximum of 10 files are allowed for a user.");
  const background: ZoomBackground = {
    id: zoomId(),
    name: file.name,
    size: file.size,
    type: "image",
    is_default: false,
  };
  return directory.write(user, () => {
    user.pretend.backgrounds.push(background);
    return { status: 201, body: background };
  });
}

/** `DELETE /users/{userId}/settings/virtual_backgrounds`: the files of `file_ids`, all of them or none. */
async function deleteBackgrounds({ directory, request, userId }: ZoomContext): Promise<VendorAnswer> {
  const user = directory.find(userId);
  const ids = new Set((request.query.get("file_ids") ?? "").split(","));
  const gone = user.pretend.backgrounds.filter(({ id }) => ids.has(id));
  if (gone.length !== ids.size) throw new ZoomRefusal(400, 300, "Invalid parameter: file_ids");
  return directory.write(user, () => {
    user.pretend.backgrounds = user.pretend.backgrounds.filter((file) => !gone.includes(file));
    return { status: 204 };
  });
}

/** What the settings of a user say of virtual backgrounds. */
export function showBackgrounds(user: ZoomUser): Record<string, unknown> {
  return { enable: true, allow_upload_custom: true, allow_videos: false, files: user.pretend.backgrounds };
}

const PICTURE = "/v2/users/{userId}/picture";
const BACKGROUNDS = "/v2/users/{userId}/settings/virtual_backgrounds";

export const uploadRoutes: readonly ZoomRoute[] = [
  {
    operation: "userPicture",
    method: "POST",
    path: PICTURE,
    label: "Medium",
    scopes: [...WRITE, "user:write:profile_picture:admin", "user:write:profile_picture"],
    query: [],
    answer: uploadPicture,
  },
  {
    operation: "userPictureDelete",
    method: "DELETE",
    path: PICTURE,
    label: "Medium",
    scopes: [...WRITE, "user:delete:profile_picture:admin", "user:delete:profile_picture"],
    query: [],
    answer: deletePicture,
  },
  {
    operation: "uploadVBuser",
    method: "POST",
    path: BACKGROUNDS,
    label: "Medium",
    scopes: [...WRITE, "user:write:virtual_background_files:admin", "user:write:virtual_background_files"],
    query: [],
    answer: uploadBackground,
  },
  {
    operation: "delUserVB",
    method: "DELETE",
    path: BACKGROUNDS,
    label: "Light",
    scopes: [...WRITE, "user:delete:virtual_background_files:admin", "user:delete:virtual_background_files"],
    query: ["file_ids"],
    answer: deleteBackgrounds,
  },
];
