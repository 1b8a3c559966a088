import { readFileSync } from 'node:fs'
import { afterEach, expect, it, vi } from 'vitest'
import { aiAccess, readConfig, SETTING_NAMES, WORK_PROCESS } from '#lib/config.ts'

afterEach(() => void vi.unstubAllEnvs())

function problemOf(values: Record<string, string>): string {
  try {
    readConfig(values)
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

it('has the defaults the contract names', () => {
  expect(readConfig({})).toMatchObject({
    adminKey: null,
    host: '127.0.0.1',
    port: 8000,
    dataDir: expect.stringMatching(/\/data$/),
    databaseUrl: expect.stringMatching(/^file:\/.*\/data\/docsfy\.db$/),
    aiProvider: 'builtin',
    aiModel: 'static',
    aiCallTimeoutMs: 600_000,
    maxConcurrentRuns: 2,
    maxConcurrentPages: 10,
    maxRunsPerUser: 2,
    cloneTimeoutMs: 300_000,
    allowedRepoHosts: [],
    allowPrivateHosts: false,
    localRepoRoots: [],
    allowedOrigins: [],
    docsOrigin: null,
    trustProxy: false,
    secureCookies: 'auto',
    resumeOnStart: false,
    logLevel: 'info',
  })
})

it('refuses a wrong value with the name, the value and what is allowed', () => {
  const wrong: [string, string, RegExp][] = [
    ['PORT', '70000', /65535/],
    ['PORT', 'x', /number/],
    ['MAX_CONCURRENT_RUNS', '0', />=1/],
    ['MAX_CONCURRENT_PAGES', '1.5', /int/],
    ['CLONE_TIMEOUT_SECONDS', '-1', />=1/],
    ['SECURE_COOKIES', 'yes', /"auto"\|"true"\|"false"/],
    ['TRUST_PROXY', '1', /"true"\|"false"/],
    ['LOG_LEVEL', 'loud', /"debug"\|"info"\|"warn"\|"error"/],
    ['DOCS_ORIGIN', 'docs', /URL/],
  ]
  for (const [name, value, allowed] of wrong) {
    const problem = problemOf({ [name]: value })
    expect(problem).toContain(`${name} is "${value}", which is not accepted:`)
    expect(problem).toMatch(allowed)
  }
  expect(problemOf({ PORT: 'x', LOG_LEVEL: 'loud' }).split('\n')).toHaveLength(2)
})

it('never repeats a secret, and takes an empty value for none', () => {
  const problem = problemOf({ ADMIN_KEY: 'too-short-key' })
  expect(problem).toContain('ADMIN_KEY must have at least 16 characters')
  expect(problem).not.toContain('too-short-key')
  const empty = Object.fromEntries(SETTING_NAMES.map((name) => [name, '']))
  expect(readConfig(empty)).toEqual(readConfig({}))
})

it('wants key and known hosts before it allows ssh', () => {
  const files = { SSH_KEY_FILE: '/keys/docsfy', SSH_KNOWN_HOSTS_FILE: '/keys/known_hosts' }
  expect(problemOf({ ALLOW_SSH: 'true', SSH_KEY_FILE: '/keys/docsfy' })).toContain('SSH_KNOWN_HOSTS_FILE')
  expect(readConfig({ ALLOW_SSH: 'true', ...files }).ssh).toEqual({
    keyFile: '/keys/docsfy',
    knownHostsFile: '/keys/known_hosts',
  })
  expect(readConfig(files).ssh).toBeNull()
})

it('reads lists with and without spaces', () => {
  const { allowedOrigins } = readConfig({ ALLOWED_ORIGINS: 'https://a.test, https://b.test,,' })
  expect(allowedOrigins).toEqual(['https://a.test', 'https://b.test'])
})

it.each([
  ['ollama', 'OLLAMA_HOST', 'someone:canary@host:11434'],
  ['openai', 'OPENAI_BASE_URL', 'https://canary@host/v1'],
])('refuses an address of %s with a user, naming %s only', (provider, name, value) => {
  vi.stubEnv(name, value)
  expect(() => aiAccess(provider)).toThrow(/^(?!.*canary).*holds a user or password/)
  expect(() => aiAccess(provider)).toThrow(name)
  vi.stubEnv(name, 'https://host/v1/@path')
  expect(aiAccess(provider).variables).toMatchObject({ [name]: 'https://host/v1/@path' })
})

it('starts the command as it starts runs: its program is for a Node that cannot read this file', () => {
  const program = readFileSync('bin/docsfy.mjs', 'utf8')
  for (const flag of WORK_PROCESS.flags) expect(program).toContain(`'${flag}'`)
  for (const [name, value] of Object.entries(WORK_PROCESS.environment)) expect(program).toContain(`${name}: '${value}'`)
})
