import { describe, expect, it } from 'vitest'
import { forgeBlobBase, parseRepoAddress, projectName, splitUserinfo } from '#lib/domain/repo-url.ts'

function canonical(input: string): string {
  const parsed = parseRepoAddress(input)
  return parsed.ok ? parsed.address.canonicalUrl : `refused: ${parsed.reason}`
}

describe('parseRepoAddress', () => {
  it('gives every spelling of one repository the same canonical URL', () => {
    const spellings = [
      'https://github.com/owner/name',
      'https://github.com/owner/name.git',
      'https://GitHub.com/owner/name/',
      '  https://github.com:443/owner//name.git/ ',
    ]
    expect(new Set(spellings.map(canonical))).toEqual(new Set(['https://github.com/owner/name']))
  })

  it('keeps ports, subgroups and letter case of the path', () => {
    expect(canonical('http://127.0.0.1:3000/a/B/c.git')).toBe('http://127.0.0.1:3000/a/B/c')
    const parsed = parseRepoAddress('https://gitlab.com/group/sub/Name')
    expect(parsed).toMatchObject({ ok: true, address: { name: 'Name', org: 'sub', host: 'gitlab.com' } })
  })

  it('reads scp and ssh forms as the same ssh address', () => {
    expect(canonical('git@github.com:owner/name.git')).toBe('ssh://github.com/owner/name')
    expect(canonical('ssh://git@github.com/owner/name')).toBe('ssh://github.com/owner/name')
  })

  it.each([
    '',
    '-oProxyCommand=x',
    'ext::sh -c id',
    'file:///etc',
    'git://github.com/a/b',
    'https://user:secret@github.com/a/b',
    'https://github.com/',
    'https://github.com/a/b?x=1',
    'https://github.com/a/b#c',
    'https://github.com/a/%2e%2e%2fb',
    'https://github.com/a b',
    '/etc/passwd',
    'name',
  ])('refuses %j with a sentence and without repeating credentials', (input) => {
    const parsed = parseRepoAddress(input)
    expect(parsed.ok).toBe(false)
    if (!parsed.ok) {
      expect(parsed.reason.length).toBeGreaterThan(10)
      expect(parsed.reason).not.toContain('secret')
    }
  })
})

describe('projectName', () => {
  it('keeps only what is safe as a folder and in a URL', () => {
    expect(projectName('my repo!')).toBe('my-repo')
    expect(projectName('..')).toBe('repository')
    expect(projectName('.github')).toBe('github')
    expect(projectName('日本')).toBe('repository')
  })
})

describe('forgeBlobBase', () => {
  it('knows the forms of the common forges and admits what it does not know', () => {
    expect(forgeBlobBase('https://github.com/o/n', 'abc')).toBe('https://github.com/o/n/blob/abc/')
    expect(forgeBlobBase('git@gitlab.com:o/n.git', 'abc')).toBe('https://gitlab.com/o/n/-/blob/abc/')
    expect(forgeBlobBase('https://git.example.org/o/n', 'abc')).toBeNull()
  })
})

it.each([
  ['https://ann:to%40ken@forge.test/a/b', 'https://forge.test/a/b', { username: 'ann', token: 'to@ken' }],
  ['https://only-a-token@forge.test/a', 'https://forge.test/a', { username: 'only-a-token', token: '' }],
  [' https://ann:100%@forge.test:8443/a ', 'https://forge.test:8443/a', { username: 'ann', token: '100%' }],
  ['https://forge.test/a', 'https://forge.test/a', null],
  ['git@forge.test:a/b', 'git@forge.test:a/b', null],
  ['ssh://ann@forge.test/a', 'ssh://ann@forge.test/a', null],
  ['not an address', 'not an address', null],
])('takes user and token out of %s', (text, address, credential) => {
  expect(splitUserinfo(text)).toEqual({ address, credential })
})
