import { isIP } from 'node:net'
import type { ClientEnvironment } from '#lib/config.ts'
import { DocsfyError } from '#lib/errors.ts'
import { type Profile, type ProfilesFile, profileNamed, profileNames, serverAddress } from './profiles.ts'

const DEFAULT_PORT = 8000

/** What was given on the command line. */
export interface ConnectionFlags {
  server?: string
  host?: string
  port?: number
  username?: string
  password?: string
}

export interface Connection {
  url: string
  /** Null when nothing gives one. Secret. */
  apiKey: string | null
}

interface Given {
  flags: ConnectionFlags
  environment: ClientEnvironment
  profiles: ProfilesFile | null
}

/**
 * Which server to ask, with which key: flags first, then the environment, then the default profile. The key of a profile is
 * sent to the address of that profile only, unless the profile itself was named with --server. Throws `invalid_input`.
 */
export function resolveConnection({ flags, environment, profiles }: Given): Connection {
  const named = flags.server ?? (flags.host === undefined ? environment.server : null)
  const isAddress = named?.includes('://') ?? false
  const name = isAddress ? null : (named ?? profiles?.default?.server ?? null)
  const profile = name === null ? null : profileNamed(profiles, name)
  if (name !== null && !profile && (named !== null || flags.host === undefined))
    throw unknownProfile(name, environment.profilesFile, profiles)

  if (profile && !profile.url && flags.host === undefined) throw noAddress(name, environment.profilesFile)
  const address = isAddress ? named : profile?.url
  const url = withPort(flags.host === undefined ? address : hostAddress(flags, profile), flags.port)
  const isProfileNamed = flags.server !== undefined && !isAddress
  const stored = (isProfileNamed ? profile?.password : keyFor(url, profiles, profile)) || null
  const chosen = isProfileNamed ? (stored ?? environment.apiKey) : (environment.apiKey ?? stored)
  return { url, apiKey: flags.password || chosen }
}

function unknownProfile(name: string, file: string, profiles: ProfilesFile | null): DocsfyError {
  const known = profileNames(profiles)
  const hint = known.length > 0 ? `it has ${known.join(', ')}` : 'run "docsfy config init" first'
  return new DocsfyError('invalid_input', `There is no server profile "${name}" in ${file}: ${hint}`)
}

function noAddress(name: string | null, file: string): DocsfyError {
  return new DocsfyError(
    'invalid_input',
    `The server profile "${name}" in ${file} has no address: run "docsfy config set servers.${name}.url URL"`,
  )
}

/** A host on this machine is asked by http, any other by https, unless the host or the profile says otherwise. */
function hostAddress({ host = '', port }: ConnectionFlags, profile: Profile | null): string {
  if (host.includes('://')) return serverAddress(host)
  const name = isIP(host) === 6 ? `[${host}]` : host
  const isPlain = profile?.url?.startsWith('http://') || /^(localhost|127\.[\d.]+|\[::1\])$/.test(name)
  return serverAddress(`${isPlain ? 'http' : 'https'}://${name}:${port ?? DEFAULT_PORT}`)
}

function withPort(address: string | null | undefined, port: number | undefined): string {
  if (!address)
    throw new DocsfyError(
      'invalid_input',
      'No server is named: use --server or --host, set DOCSFY_SERVER, or run "docsfy config init"',
    )
  const url = new URL(serverAddress(address))
  if (port !== undefined) url.port = String(port)
  return url.href.replace(/\/+$/, '')
}

/** The key of the profile, or of any other profile, that has this very address. */
function keyFor(url: string, profiles: ProfilesFile | null, profile: Profile | null): string | null {
  const others = profileNames(profiles).map((name) => profileNamed(profiles, name))
  const match = [profile, ...others].find((one) => one?.password && one.url && sameOrigin(one.url, url))
  return match?.password ?? null
}

function sameOrigin(left: string, right: string): boolean {
  return URL.canParse(left) && new URL(left).origin === new URL(right).origin
}
