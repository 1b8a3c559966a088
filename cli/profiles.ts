import { chmod, mkdir, readFile, realpath, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { parse, stringify } from 'smol-toml'
import { z } from 'zod'
import { atomicWrite } from '#lib/atomic-write.ts'
import { DocsfyError } from '#lib/errors.ts'

export const PROFILE_FIELDS = ['url', 'username', 'password'] as const
export type ProfileField = (typeof PROFILE_FIELDS)[number]
export type Profile = Partial<Record<ProfileField, string>>

const PROFILE_NAME = /^[A-Za-z0-9][\w.-]{0,63}$/
const OTHERS_MAY_READ = 0o077

/** The file as it stands: what this version does not know is kept when it is written again. */
const fileSchema = z.looseObject({
  default: z.looseObject({ server: z.string().optional() }).optional(),
  servers: z.record(z.string(), z.looseObject(profileShape())).optional(),
})
export type ProfilesFile = z.infer<typeof fileSchema>

function profileShape() {
  return { url: z.string().optional(), username: z.string().optional(), password: z.string().optional() }
}

/** Reads the profiles; null when there is no such file. Throws `invalid_input` that names the file and the place in it. */
export async function readProfiles(path: string): Promise<ProfilesFile | null> {
  const text = await readFile(path, 'utf8').catch((error) => absentOr(error, path))
  if (text === null) return null
  const parsed = fileSchema.safeParse(parsedToml(text, path))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const wanted = issue?.code === 'invalid_type' && issue.expected === 'string' ? 'text in quotes' : 'a table'
  throw new DocsfyError('invalid_input', `${path} cannot be used: "${issue?.path.join('.')}" has to be ${wanted}`)
}

/** Writes the profiles so that only this user can read them (0600, in a folder with 0700). A link is written through. */
export async function writeProfiles(path: string, file: ProfilesFile): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await chmod(dirname(path), 0o700)
    await atomicWrite(
      await realpath(path).catch(() => path),
      `${stringify(file, { numbersAsFloat: true }).trim()}\n`,
      0o600,
    )
  } catch (cause) {
    const { code = 'unknown error' } = cause as NodeJS.ErrnoException
    throw new DocsfyError('unavailable', `${path} cannot be written (${code}): check the folder`, { cause })
  }
}

/** Whether other users of this machine can read the file, and with it the keys. */
export async function isReadableByOthers(path: string): Promise<boolean> {
  const mode = (await stat(path).catch(() => null))?.mode ?? 0
  return process.platform !== 'win32' && (mode & OTHERS_MAY_READ) !== 0
}

export function profileNamed(file: ProfilesFile | null, name: string): Profile | null {
  const servers = file?.servers ?? {}
  return Object.hasOwn(servers, name) ? (servers[name] ?? null) : null
}

export function profileNames(file: ProfilesFile | null): string[] {
  return Object.keys(file?.servers ?? {})
}

/** The file with some fields of a profile changed. Throws `invalid_input` for a name or an address that cannot be used. */
export function withProfile(file: ProfilesFile, name: string, changes: Profile): ProfilesFile {
  if (!PROFILE_NAME.test(name))
    throw new DocsfyError(
      'invalid_input',
      `"${name}" cannot be the name of a profile: use letters, digits, ".", "_" and "-"`,
    )
  const url = changes.url === undefined ? {} : { url: serverAddress(changes.url) }
  const servers = { ...file.servers, [name]: { ...profileNamed(file, name), ...changes, ...url } }
  return { ...file, servers }
}

/** The address of a server without trailing slash. Throws `invalid_input`. */
export function serverAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new DocsfyError('invalid_input', `"${text}" is not the address of a server: use a form such as https://host`)
  if (url.username || url.password || url.search || url.hash)
    throw new DocsfyError('invalid_input', 'The address of a server has no user name, password, "?" or "#"')
  return url.href.replace(/\/+$/, '')
}

function parsedToml(text: string, path: string): unknown {
  try {
    // Whole numbers are told from others, so that what is not ours is written back as it was.
    return parse(text, { unsafeKeyBehaviour: 'drop', integersAsBigInt: true })
  } catch (error) {
    // The first line only: the parser quotes the lines around the place, and they may hold a key.
    const [where] = (error instanceof Error ? error.message : '').split('\n')
    throw new DocsfyError('invalid_input', `${path} is not valid TOML: ${where}`)
  }
}

function absentOr(error: NodeJS.ErrnoException, path: string): null {
  if (error.code === 'ENOENT') return null
  throw new DocsfyError('unavailable', `${path} cannot be read (${error.code}): check its permissions`)
}
