import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { BUDGET_SETTINGS, type BudgetLimit, type BudgetLimits, type BudgetName } from '#lib/domain/budgets.ts'
import { repliesFolder } from '#lib/domain/folders.ts'
import {
  type AiAccess,
  GIT_ENGINES,
  type NetworkRules,
  type PriceFile,
  type RepositoryCredential,
  type SshRules,
} from '#lib/domain/job.ts'
import { parseProviderLimits, providerLimitsProblem } from '#lib/domain/provider-limits.ts'
import { PROVIDER_VARIABLES, PROVIDERS } from '#lib/domain/providers.ts'
import { DocsfyError } from '#lib/errors.ts'
import { remember } from '#lib/remember.ts'

const flag = (fallback: boolean) =>
  z
    .enum(['true', 'false'])
    .default(fallback ? 'true' : 'false')
    .transform((value) => value === 'true')
const whole = (fallback: number, min = 1) => z.coerce.number().int().min(min).default(fallback)
/** An amount that must not be exceeded; `none` for no limit. */
const limit = (fallback: number) =>
  z.union([z.literal('none'), z.coerce.number().min(0)], 'must be a number from 0 on, or "none"').default(fallback)
const list = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  )

const providerLimits = z
  .string()
  .default('2')
  .superRefine((text, context) => {
    const problem = providerLimitsProblem(text)
    if (problem) context.addIssue({ code: 'custom', message: problem })
  })

const DAY_MS = 86_400_000
const MB = 1_000_000

/** Beside package.json: never the folder a command is run in, which may be somebody else's repository. */
const ENV_FILE = join(import.meta.dirname ?? '.', '..', '.env')

const schema = z.object({
  ADMIN_KEY: z.string().min(16, 'must have at least 16 characters').optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8000),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z.string().min(1).optional(),
  AI_PROVIDER: z.string().min(1).default('builtin'),
  AI_MODEL: z.string().min(1).default('static'),
  AI_CALL_TIMEOUT_SECONDS: whole(600),
  AI_CACHE_MB: whole(500, 0),
  AI_PRICES_FILE: z.string().min(1).optional(),
  MAX_COST_PER_RUN_USD: limit(10),
  MAX_COST_PER_USER_MONTH_USD: limit(50),
  MAX_COST_PER_MONTH_USD: limit(200),
  MAX_UNPRICED_TOKENS_PER_RUN: limit(5_000_000),
  MAX_UNPRICED_TOKENS_PER_USER_MONTH: limit(25_000_000),
  MAX_UNPRICED_TOKENS_PER_MONTH: limit(100_000_000),
  MAX_CONCURRENT_RUNS: whole(2),
  MAX_CONCURRENT_PAGES: whole(10),
  MAX_RUNS_PER_USER: whole(2),
  MAX_RUNS_PER_PROVIDER: providerLimits,
  MAX_RUN_MEMORY_MB: whole(2048, 128),
  RUN_TIMEOUT_SECONDS: whole(7200),
  MIN_SCHEDULE_MINUTES: whole(15),
  KEEP_RUNS: whole(50),
  KEEP_RUNS_DAYS: whole(90, 0),
  MAX_REPO_BYTES: whole(2_000_000_000),
  MAX_REPO_FILES: whole(200_000),
  CLONE_TIMEOUT_SECONDS: whole(300),
  GIT_ENGINE: z.enum(GIT_ENGINES).default('auto'),
  GIT_CA_FILE: z.string().min(1).optional(),
  ALLOW_SSH: flag(false),
  SSH_KEY_FILE: z.string().min(1).optional(),
  SSH_KNOWN_HOSTS_FILE: z.string().min(1).optional(),
  ALLOWED_REPO_HOSTS: list,
  ALLOW_PRIVATE_HOSTS: flag(false),
  LOCAL_REPO_ROOTS: list,
  ALLOWED_ORIGINS: list,
  DOCS_ORIGIN: z.url().optional(),
  TRUST_PROXY: flag(false),
  SECURE_COOKIES: z.enum(['auto', 'true', 'false']).default('auto'),
  RESUME_ON_START: flag(false),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
})

/** Names of all settings, in the order README and .env.example list them. */
export const SETTING_NAMES = Object.keys(schema.shape)

/** Settings of this process, read once. Throws a `start_up` error that names the setting, its value and what is allowed. */
export function config() {
  return remember('config', () => readConfig(environment()))
}

/** Checks settings given as text. Secret values are not repeated in the error. */
export function readConfig(values: Record<string, string | undefined>) {
  const given = onlySettings(values)
  const parsed = schema.safeParse(given)
  if (!parsed.success)
    throw new DocsfyError('start_up', parsed.error.issues.map((issue) => settingProblem(issue, given)).join('\n'))
  const value = parsed.data
  const dataDir = resolve(value.DATA_DIR)
  return {
    adminKey: value.ADMIN_KEY ?? null,
    host: value.HOST,
    port: value.PORT,
    dataDir,
    databaseUrl: value.DATABASE_URL ?? `file:${dataDir}/docsfy.db`,
    aiProvider: value.AI_PROVIDER,
    aiModel: value.AI_MODEL,
    aiCallTimeoutMs: value.AI_CALL_TIMEOUT_SECONDS * 1000,
    aiCacheBytes: value.AI_CACHE_MB * MB,
    aiPricesFile: value.AI_PRICES_FILE === undefined ? null : resolve(value.AI_PRICES_FILE),
    budgets: budgetLimits(value),
    maxConcurrentRuns: value.MAX_CONCURRENT_RUNS,
    maxConcurrentPages: value.MAX_CONCURRENT_PAGES,
    maxRunsPerUser: value.MAX_RUNS_PER_USER,
    maxRunsPerProvider: parseProviderLimits(value.MAX_RUNS_PER_PROVIDER),
    maxRunMemoryMb: value.MAX_RUN_MEMORY_MB,
    runTimeoutMs: value.RUN_TIMEOUT_SECONDS * 1000,
    minScheduleMinutes: value.MIN_SCHEDULE_MINUTES,
    keepRuns: value.KEEP_RUNS,
    keepRunsMs: value.KEEP_RUNS_DAYS === 0 ? null : value.KEEP_RUNS_DAYS * DAY_MS,
    maxRepoBytes: value.MAX_REPO_BYTES,
    maxRepoFiles: value.MAX_REPO_FILES,
    cloneTimeoutMs: value.CLONE_TIMEOUT_SECONDS * 1000,
    gitEngine: value.GIT_ENGINE,
    ssh: sshRules(value),
    gitCaFile: value.GIT_CA_FILE === undefined ? null : resolve(value.GIT_CA_FILE),
    allowedRepoHosts: value.ALLOWED_REPO_HOSTS,
    allowPrivateHosts: value.ALLOW_PRIVATE_HOSTS,
    localRepoRoots: value.LOCAL_REPO_ROOTS.map((root) => resolve(root)),
    allowedOrigins: value.ALLOWED_ORIGINS,
    docsOrigin: value.DOCS_ORIGIN ?? null,
    trustProxy: value.TRUST_PROXY,
    secureCookies: value.SECURE_COOKIES,
    resumeOnStart: value.RESUME_ON_START,
    logLevel: value.LOG_LEVEL,
  }
}

/** How repositories may be reached, as the settings say. */
export function networkRules(): NetworkRules {
  const { allowedRepoHosts: allowedHosts, allowPrivateHosts, gitEngine: engine, gitCaFile: caFile, ssh } = config()
  return { allowedHosts, allowPrivateHosts, engine, caFile, ssh }
}

export interface SettingInUse {
  name: string
  /** As text, defaults included; null when unset, and always for a secret. */
  value: string | null
  isSet: boolean
  isSecret: boolean
}

/** Every setting as this process uses it, for people who run the server. Holds no secret. */
export function settingsInUse(): SettingInUse[] {
  const given = environment()
  const { dataDir, databaseUrl } = config()
  const used = { ...schema.parse(onlySettings(given)), DATA_DIR: dataDir, DATABASE_URL: withoutSecrets(databaseUrl) }
  return Object.entries<unknown>({
    ...Object.fromEntries(SETTING_NAMES.map((name) => [name, undefined])),
    ...used,
  }).map(([name, value]) => {
    const isSecret = name.endsWith('KEY')
    return { name, value: isSecret ? null : asText(value), isSet: Boolean(given[name]), isSecret }
  })
}

/** Folder for what the command line can make again at any time: `docsfy` in XDG_CACHE_HOME, else in ~/.cache. */
export function cacheDir(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'docsfy')
}

export interface ClientEnvironment {
  /** DOCSFY_SERVER: address or profile of the server to ask. */
  server: string | null
  /** DOCSFY_API_KEY. Secret. */
  apiKey: string | null
  /** File with server profiles: `docsfy/config.toml` in XDG_CONFIG_HOME, else, and where only that exists, in ~/.config. */
  profilesFile: string
}

/** What the environment tells a command that asks a server. Settings of the server, and `.env`, are not read for it. */
export function clientEnvironment(): ClientEnvironment {
  const { DOCSFY_SERVER, DOCSFY_API_KEY, XDG_CONFIG_HOME = '' } = process.env
  const inHome = join(homedir(), '.config', 'docsfy', 'config.toml')
  const inXdg = join(XDG_CONFIG_HOME, 'docsfy', 'config.toml')
  return {
    server: DOCSFY_SERVER || null,
    apiKey: DOCSFY_API_KEY || null,
    profilesFile: XDG_CONFIG_HOME && (existsSync(inXdg) || !existsSync(inHome)) ? inXdg : inHome,
  }
}

/** What `docsfy build` shows to the server of a private repository: DOCSFY_REPO_USER and DOCSFY_REPO_TOKEN. Secret. */
export function environmentCredential(): RepositoryCredential | null {
  const { DOCSFY_REPO_USER = 'git', DOCSFY_REPO_TOKEN } = process.env
  return DOCSFY_REPO_TOKEN ? { username: DOCSFY_REPO_USER, token: DOCSFY_REPO_TOKEN } : null
}

/** Marks every process of a run with the id of the run, and with the data directory it works for. */
export const RUN_VARIABLE = 'DOCSFY_RUN'
export const DATA_VARIABLE = 'DOCSFY_RUN_DATA'

/**
 * How a process starts that reads a repository and makes its site. Little space for new objects and memory that all its
 * threads share keep it small: left alone these hold 120 MB of garbage and more. Sixteen threads wait for the disk instead
 * of four, which writes 3,000 files in a quarter less time. Patterns are compiled once instead of a second time when they
 * are used again, which nearly all of them are: those of a small site in half the time. V8 compiles and collects on as many
 * threads as there are processors besides the main one (0) instead of four, which on two processors stood in the way of the
 * code they work for. For its start only: V8 died of flags set later.
 */
export const WORK_PROCESS = {
  flags: ['--max-semi-space-size=8', '--no-regexp-tier-up', '--v8-pool-size=0'],
  environment: { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '131072', UV_THREADPOOL_SIZE: '16' },
}

/**
 * What a worker process may know of our environment: nothing that could hold a key. What Node made of our files is kept
 * from run to run, which halves the time a worker needs before it begins.
 */
export function workerEnvironment(runId: string): NodeJS.ProcessEnv {
  const passed = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'NODE_EXTRA_CA_CERTS', 'LOG_LEVEL']
  const kept = passed.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))
  const compiled = process.env.NODE_COMPILE_CACHE || join(config().dataDir, 'compiled')
  return {
    ...Object.fromEntries(kept),
    ...WORK_PROCESS.environment,
    NODE_ENV: 'production',
    NODE_COMPILE_CACHE: compiled,
    [RUN_VARIABLE]: runId,
    [DATA_VARIABLE]: config().dataDir,
  }
}

/** What a program may know of our environment that a run starts: where programs are, and whose run it is. */
export function programEnvironment(): Record<string, string> {
  const { PATH = '/usr/local/bin:/usr/bin:/bin' } = process.env
  const kept = ['TMPDIR', RUN_VARIABLE, DATA_VARIABLE].flatMap((name) => {
    const value = process.env[name]
    return value ? [[name, value]] : []
  })
  return { PATH, ...Object.fromEntries(kept) }
}

/** The same for the command-line tool of an AI vendor, which keeps whom it is signed in as in the home folder. */
export function aiProgramEnvironment(): Record<string, string> {
  const passed = ['HOME', 'LANG', 'NODE_EXTRA_CA_CERTS'].flatMap((name) => entryOf(name))
  return { ...programEnvironment(), ...Object.fromEntries(passed) }
}

/**
 * How a provider is reached: its keys and addresses that are set, the time one call may take, and where in `dataDir` its
 * replies are kept. Secret. Throws `start_up` for an address with a user or password, which would be quoted in every message.
 */
export function aiAccess(provider: string, { dataDir }: { dataDir: string } = config()): AiAccess {
  const { aiCallTimeoutMs: callTimeoutMs, aiCacheBytes: maxBytes } = config()
  const names = PROVIDERS.flatMap((known): readonly string[] => (known === provider ? PROVIDER_VARIABLES[known] : []))
  const entries = names.flatMap((name) => entryOf(name))
  for (const [name, value] of entries)
    if (/_(BASE_URL|HOST)$/.test(name) && USERINFO.test(value))
      throw new DocsfyError('start_up', `${name} holds a user or password. Leave them out, and set a key instead`)
  const replies = maxBytes === 0 ? undefined : { folder: repliesFolder(dataDir), maxBytes }
  return { variables: Object.fromEntries(entries), callTimeoutMs, replies, prices: priceFile({ dataDir }) }
}

/** Where an administrator may know prices better than the table. */
export function priceFile({ dataDir }: { dataDir: string } = config()): PriceFile {
  const { aiPricesFile } = config()
  return { path: aiPricesFile ?? join(dataDir, 'prices.yml'), isNeeded: aiPricesFile !== null }
}

/** In an address, with or without `https://` before it. */
const USERINFO = /^\s*(?:[a-z][a-z\d+.-]*:\/\/)?[^/?#]*@/i

function entryOf(name: string): [string, string][] {
  const value = process.env[name]
  return value ? [[name, value]] : []
}

function onlySettings(values: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(SETTING_NAMES.map((name) => [name, values[name] || undefined]))
}

function budgetLimits(value: z.infer<typeof schema>): BudgetLimits {
  const limitOf = (setting: (typeof BUDGET_SETTINGS)[BudgetName][keyof BudgetLimit]) =>
    value[setting] === 'none' ? null : value[setting]
  const both = ({ usd, tokens }: (typeof BUDGET_SETTINGS)[BudgetName]) => ({
    usd: limitOf(usd),
    tokens: limitOf(tokens),
  })
  return {
    run: both(BUDGET_SETTINGS.run),
    user_month: both(BUDGET_SETTINGS.user_month),
    month: both(BUDGET_SETTINGS.month),
  }
}

function sshRules({ ALLOW_SSH, SSH_KEY_FILE, SSH_KNOWN_HOSTS_FILE }: z.infer<typeof schema>): SshRules | null {
  if (!ALLOW_SSH) return null
  if (SSH_KEY_FILE && SSH_KNOWN_HOSTS_FILE)
    return { keyFile: resolve(SSH_KEY_FILE), knownHostsFile: resolve(SSH_KNOWN_HOSTS_FILE) }
  throw new DocsfyError(
    'start_up',
    'ALLOW_SSH is "true", which needs SSH_KEY_FILE and SSH_KNOWN_HOSTS_FILE. Change it in the environment or in .env',
  )
}

/** A database address may carry a user, a password and a token. */
function withoutSecrets(address: string): string {
  return address.replace(/[?#].*$/, '').replace(/\/\/[^/]*@/, '//')
}

function asText(value: unknown): string | null {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0) ? null : String(value)
}

function settingProblem(issue: z.core.$ZodIssue, given: Record<string, string | undefined>): string {
  const name = String(issue.path[0])
  const value = name.endsWith('KEY') ? '' : ` is "${given[name]}", which is not accepted:`
  return `${name}${value} ${issue.message.replace(/^Invalid input: /, '')}. Change it in the environment or in .env`
}

function environment(): Record<string, string | undefined> {
  if (existsSync(ENV_FILE)) process.loadEnvFile(ENV_FILE)
  return process.env
}
