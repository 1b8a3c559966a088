import { expect, it } from 'vitest'
import { type ConnectionFlags, resolveConnection } from './connection.ts'
import type { ProfilesFile } from './profiles.ts'

const PROFILES: ProfilesFile = {
  default: { server: 'dev' },
  servers: {
    dev: { url: 'http://localhost:8000', username: 'admin', password: 'dev-key' },
    prod: { url: 'https://docs.example.com', username: 'admin', password: 'prod-key' },
  },
}

interface Surroundings {
  server?: string
  apiKey?: string
  profiles?: ProfilesFile | null
}

function resolved(flags: ConnectionFlags, { server, apiKey, profiles = PROFILES }: Surroundings = {}) {
  const environment = { server: server ?? null, apiKey: apiKey ?? null, profilesFile: 'config.toml' }
  const { url, apiKey: key } = resolveConnection({ flags, environment, profiles })
  return [url, key]
}

it('asks the server that was named, else that of DOCSFY_SERVER, else the default one', () => {
  expect(resolved({})).toEqual(['http://localhost:8000', 'dev-key'])
  expect(resolved({}, { server: 'prod' })).toEqual(['https://docs.example.com', 'prod-key'])
  expect(resolved({ server: 'dev' }, { server: 'prod' })).toEqual(['http://localhost:8000', 'dev-key'])
  expect(resolved({}, { server: 'https://other.example.com/' })).toEqual(['https://other.example.com', null])
  expect(resolved({ server: 'https://docs.example.com' })).toEqual(['https://docs.example.com', 'prod-key'])
})

it('takes the key from the flag, then from a profile named by flag, then from DOCSFY_API_KEY, then from the profile', () => {
  expect(resolved({ password: 'flag' }, { apiKey: 'env' })).toEqual(['http://localhost:8000', 'flag'])
  expect(resolved({}, { apiKey: 'env' })).toEqual(['http://localhost:8000', 'env'])
  expect(resolved({ server: 'prod' }, { apiKey: 'env' })).toEqual(['https://docs.example.com', 'prod-key'])
  expect(resolved({}, { server: 'prod', apiKey: 'env' })).toEqual(['https://docs.example.com', 'env'])
})

it('makes an address of host and port: 8000 by itself, http on this machine or like the profile, else https', () => {
  const none = { profiles: null }
  expect(resolved({ host: 'localhost' }, none)).toEqual(['http://localhost:8000', null])
  expect(resolved({ host: '::1', port: 9000 }, none)).toEqual(['http://[::1]:9000', null])
  expect(resolved({ host: 'docs.example.com' }, none)).toEqual(['https://docs.example.com:8000', null])
  expect(resolved({ host: 'docs.example.com', port: 443 }, none)).toEqual(['https://docs.example.com', null])
  expect(resolved({ host: 'http://docs.example.com' }, none)).toEqual(['http://docs.example.com', null])
  expect(resolved({ host: 'lan.example.com' })).toEqual(['http://lan.example.com:8000', null])
  expect(resolved({ port: 9000 })).toEqual(['http://localhost:9000', null])
})

it('does not send the key of a profile to another address, unless that profile was named', () => {
  expect(resolved({ host: 'evil.example.com' })).toEqual(['http://evil.example.com:8000', null])
  expect(resolved({ server: 'prod', host: 'new.example.com', port: 443 })).toEqual([
    'https://new.example.com',
    'prod-key',
  ])
})

it('says what to do when no server is named or the profile does not exist', () => {
  expect(() => resolved({}, { profiles: null })).toThrow(/No server is named/)
  expect(() => resolved({ server: 'nope' })).toThrow(/no server profile "nope" in config\.toml: it has dev, prod/)
  expect(() => resolved({}, { server: 'constructor' })).toThrow(/no server profile "constructor"/)
  expect(() => resolved({ server: 'https://user:pass@host' })).toThrow(/no user name/)
})

it('says what a profile without an address lacks', () => {
  const profiles = { servers: { lab: { password: 'lab-key' } } }
  expect(() => resolved({ server: 'lab' }, { profiles })).toThrow(
    'The server profile "lab" in config.toml has no address: run "docsfy config set servers.lab.url URL"',
  )
  expect(resolved({ server: 'lab', host: 'localhost' }, { profiles })).toEqual(['http://localhost:8000', 'lab-key'])
})
