import type { LookupAddress } from 'node:dns'
import { isIP } from 'node:net'
import type { RepositoryCredential, SshRules } from '#lib/domain/job.ts'
import { basicAuth } from './http-plugin.ts'

/** What git would otherwise do on behalf of a server or a repository, line by line. Each is a default of git that is not ours. */
const CONFIG: Record<string, string> = {
  // Only the one protocol a fetch needs is allowed again below; ext::, file:, git: and helpers never are.
  'protocol.allow': 'never',
  'protocol.version': '2',
  // Nothing is started: no hooks, monitors, helpers that ask for passwords, filters, maintenance.
  'core.hooksPath': '/dev/null',
  'core.fsmonitor': 'false',
  'credential.helper': '',
  'filter.lfs.smudge': '',
  'filter.lfs.process': '',
  'filter.lfs.required': 'false',
  'gc.auto': '0',
  'maintenance.auto': 'false',
  // Every object is checked before it is kept. Old tools padded file modes with a zero, which harms nobody.
  'transfer.fsckObjects': 'true',
  'fetch.fsckObjects': 'true',
  'fetch.fsck.zeroPaddedFilemode': 'ignore',
  'fetch.recurseSubmodules': 'false',
  'submodule.recurse': 'false',
  // No second address: redirects, bundles and packs from elsewhere, proxies, cookies.
  'http.followRedirects': 'false',
  'fetch.uriProtocols': '',
  'transfer.bundleURI': 'false',
  'http.proxy': '',
  'http.cookieFile': '',
  'http.saveCookies': 'false',
  'http.sslVerify': 'true',
  // 30 s of silence end a connection, as with the built-in engine.
  'http.lowSpeedLimit': '1',
  'http.lowSpeedTime': '30',
  // Objects always arrive as packs, checked with bounded memory.
  'fetch.unpackLimit': '1',
  'fetch.writeCommitGraph': 'false',
  'pack.threads': '2',
  'core.bigFileThreshold': '16m',
  'core.deltaBaseCacheLimit': '64m',
  'core.packedGitWindowSize': '32m',
  'core.packedGitLimit': '256m',
}

const SSH: Record<string, string> = {
  StrictHostKeyChecking: 'yes',
  GlobalKnownHostsFile: '/dev/null',
  UpdateHostKeys: 'no',
  CanonicalizeHostname: 'no',
  BatchMode: 'yes',
  IdentitiesOnly: 'yes',
  IdentityAgent: 'none',
  PreferredAuthentications: 'publickey',
  ForwardAgent: 'no',
  ForwardX11: 'no',
  ClearAllForwardings: 'yes',
  PermitLocalCommand: 'no',
  ProxyCommand: 'none',
  ControlMaster: 'no',
  ControlPath: 'none',
  ConnectTimeout: '30',
  ServerAliveInterval: '15',
  ServerAliveCountMax: '2',
}

const ENVIRONMENT: Record<string, string> = {
  LC_ALL: 'C',
  HOME: '/nonexistent',
  XDG_CONFIG_HOME: '/nonexistent',
  NO_PROXY: '*',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ASKPASS: 'false',
  SSH_ASKPASS: 'false',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_GRAFT_FILE: '/dev/null',
  GIT_NO_LAZY_FETCH: '1',
  GIT_LFS_SKIP_SMUDGE: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_PROTOCOL_FROM_USER: '0',
}

export interface HardenedGit {
  /** Options that stand before the sub-command. */
  options: string[]
  env: Record<string, string>
}

export interface HttpHardening {
  /** Address that is contacted, without credentials. */
  url: URL
  /** Checked addresses of its host: only these are dialled. */
  addresses: LookupAddress[]
  /** Only for the origin it belongs to. */
  credential: RepositoryCredential | null
  /** The certificates that are trusted; null for http. */
  caFile: string | null
}

/** How git has to be started so that it contacts one checked address, trusts nobody, runs nothing and asks nothing. */
export function hardenedForHttp({ url, addresses, credential, caFile }: HttpHardening): HardenedGit {
  const pinned: Record<string, string> = isLiteral(url) ? {} : { 'http.curloptResolve': pin(url, addresses) }
  const trusted: Record<string, string> = caFile ? { 'http.sslCAInfo': caFile } : {}
  const { options, env } = hardened(url, { ...trusted, ...pinned })
  return { options, env: { ...env, ...secretConfig(url, credential) } }
}

export interface SshHardening {
  url: URL
  addresses: LookupAddress[]
  rules: SshRules
}

/** The same for ssh: the host must prove to be the one listed, and nothing but the given key is offered. */
export function hardenedForSsh({ url, addresses, rules }: SshHardening): HardenedGit {
  const { options, env } = hardened(url, {})
  return { options, env: { ...env, GIT_SSH_VARIANT: 'ssh', GIT_SSH_COMMAND: sshCommand({ url, addresses, rules }) } }
}

function hardened(url: URL, further: Record<string, string>): HardenedGit {
  const protocol = url.protocol.slice(0, -1)
  const config = { ...CONFIG, [`protocol.${protocol}.allow`]: 'always', ...further }
  return {
    options: Object.entries(config).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    env: { ...ENVIRONMENT, GIT_ALLOW_PROTOCOL: protocol },
  }
}

/** Git gives this text to a shell, hence the quotes around paths. */
function sshCommand({ url, addresses, rules }: SshHardening): string {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const settings = {
    ...SSH,
    HostName: addresses[0]?.address ?? host,
    HostKeyAlias: url.port ? `[${host}]:${url.port}` : host,
    UserKnownHostsFile: rules.knownHostsFile,
    IdentityFile: rules.keyFile,
  }
  const flags = Object.entries(settings).map(([name, value]) => `-o ${quoted(`${name}=${value}`)}`)
  return `ssh -F /dev/null ${flags.join(' ')}`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

/** Whether the host is an address already, so that no name is resolved. */
export function isLiteral(url: URL): boolean {
  return isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0
}

/** `host:port:address,address`, as curl takes it. */
function pin(url: URL, addresses: LookupAddress[]): string {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  const all = addresses.map(({ address, family }) => (family === 6 ? `[${address}]` : address))
  return `${url.hostname}:${port}:${all.join(',')}`
}

/**
 * The header for a private repository goes through the environment of this one process: arguments are seen by every
 * user of a machine, an environment only by its own. It belongs to one address, and redirects are not followed.
 */
function secretConfig(url: URL, credential: RepositoryCredential | null): Record<string, string> {
  if (!credential) return {}
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${url.origin}/.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: ${basicAuth(credential)}`,
  }
}
