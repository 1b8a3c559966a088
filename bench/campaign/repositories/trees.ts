import { type Hostile, type Outside, README, SOURCE } from './hostile.ts'
import { folder as asFolder, LINK, type RawRepository, SUBMODULE, type TreeEntry } from './raw-repository.ts'

const UP = '../'.repeat(24)

/** Names, links and shapes of trees that git would not make. */
export const HOSTILE_TREES: Hostile[] = [
  links('a link to a secret', (o) => ({ 'README.md': `${o.folder}/secret.txt` }), true),
  links('links out of the repository', (o) => ({ 'a.ts': `${UP}${o.folder}/secret.txt`, 'b.md': '/etc/passwd' })),
  links('a link to a folder outside', (o) => ({ docs: o.folder, src: `${UP}etc` })),
  links('links in a circle', () => ({ 'a.md': 'b.md', 'b.md': 'a.md', self: '.', up: '..' })),
  links('a link of 5 MB', () => ({ 'README.md': '../'.repeat(1_700_000) })),
  links('links to devices', () => ({ 'README.md': '/dev/zero', 'a.ts': '/dev/random', 'b.ts': '/proc/self/environ' })),
  {
    name: 'a link and a folder of one name',
    make(repository, { folder }) {
      const inside = repository.tree([{ name: 'pwned.md', id: repository.blob(README) }])
      const link = repository.blob(folder)
      repository.commit(repository.tree([{ name: 'docs', id: link, mode: LINK }, asFolder('docs', inside)]))
    },
  },
  names(
    'names that climb',
    (o) => ['..', '.', `${UP}${o.folder}/pwned.md`, `../../../../pwned.md`, `/${o.folder}/pwned.md`],
    true,
  ),
  names('names that climb as Windows does', () => [
    '..\\..\\pwned.md',
    'C:\\pwned.md',
    '\\\\host\\share\\x.md',
    'con',
    'aux.md',
    'x.md:stream',
  ]),
  names('spellings of .git', () => [
    '.git',
    '.GIT',
    '.Git ',
    'git~1',
    '.g\u200cit',
    '.git::$INDEX_ALLOCATION',
    '.git.',
    '.gi\u0307t',
  ]),
  names('an empty name', () => ['']),
  names('names of several lines', () => ['a\nb.md', 'src\r\n.ts', '\u001b[31mred.md', 'tab\there.ts', '\u0007.md']),
  names(
    'names with markup',
    () => [
      '<img src=x onerror=alert(1)>.md',
      '"><svg onload=alert(1)>.ts',
      "'onload='x.ts",
      '](javascript:alert(1)).md',
      '`x`.ts',
      '{{7*7}}.ts',
      '|a|b|.md',
    ],
    true,
  ),
  names('names written backwards', () => [
    '\u202egpj.ts',
    '\u2066x\u2069.md',
    '\u200f.ts',
    '\ufeffx.ts',
    'e\u0301.ts',
    'é.ts',
  ]),
  names('names that are no UTF-8', () => [
    Buffer.from([0xff, 0xfe, 0x2e, 0x6d, 0x64]),
    Buffer.from('caf\xe9.ts', 'latin1'),
    Buffer.from([0xed, 0xa0, 0x80, 0x2e, 0x74, 0x73]),
    Buffer.from([0xc0, 0xaf]),
  ]),
  names(
    'names of object members',
    () => ['__proto__', '__proto__.ts', 'constructor.ts', 'toString', 'hasOwnProperty.md', 'prototype.py'],
    true,
  ),
  names('names that collide', () => [
    'README.md',
    'readme.md',
    'ReadMe.MD',
    'index.ts',
    'Index.ts',
    'index.md',
    '404.md',
    'assets',
    'search.md',
  ]),
  names('one name many times', () => Array<string>(500).fill('README.md')),
  names('names of 4,000 letters', () => ['a', 'b', 'c'].map((letter) => `${letter.repeat(4000)}.ts`)),
  names('options as names', () => ['--help', '-rf', '--upload-pack=x', '-', '--.ts', '-c core.pager=x.md']),
  {
    name: 'ten thousand million files in 216 kB',
    fast: true,
    make(repository) {
      let id = repository.blob(SOURCE)
      for (let level = 0; level < 10; level += 1) {
        const isFile = level === 0
        const entries = Array.from({ length: 10 }, (_, n) => (isFile ? { name: `${n}.ts`, id } : asFolder(`${n}`, id)))
        id = repository.tree(entries)
      }
      repository.commit(id)
    },
  },
  {
    name: 'a million empty folders',
    make(repository) {
      let id = repository.tree([])
      for (let level = 0; level < 6; level += 1)
        id = repository.tree(Array.from({ length: 10 }, (_, n) => asFolder(`${n}`, id)))
      repository.commit(id)
    },
  },
  {
    name: '250,000 files in one folder',
    make(repository) {
      const id = repository.blob(SOURCE)
      repository.commit(
        repository.tree(Array.from({ length: 250_000 }, (_, n) => ({ name: `f${String(n).padStart(6, '0')}.ts`, id }))),
      )
    },
  },
  {
    name: 'folders 3,000 deep',
    make(repository) {
      let id = repository.tree([{ name: 'deep.ts', id: repository.blob(SOURCE) }])
      for (let level = 0; level < 3000; level += 1) id = repository.tree([asFolder('d', id)])
      repository.commit(id)
    },
  },
  {
    name: 'folders 200 deep with long names',
    make(repository) {
      let id = repository.tree([{ name: 'deep.ts', id: repository.blob(SOURCE) }])
      for (let level = 0; level < 200; level += 1) id = repository.tree([asFolder('long'.repeat(60), id)])
      repository.commit(id)
    },
  },
  {
    name: 'modes that mean nothing',
    make(repository) {
      const id = repository.blob(README)
      const modes = ['100777', '104755', '060000', '777777777777', '0', '020666', '010644', '140000', '100664']
      repository.commit(repository.tree(modes.map((mode, n) => ({ name: `m${n}.md`, id, mode }))))
    },
  },
  {
    name: 'entries of the wrong kind',
    make(repository) {
      const blob = repository.blob(README)
      const tree = repository.tree([{ name: 'x.md', id: blob }])
      repository.commit(repository.tree([{ name: 'README.md', id: tree }, asFolder('src', blob)]))
    },
  },
  {
    name: 'submodules that lead inside',
    fast: true,
    make(repository, { canaryUrl, folder, mark }) {
      const modules = [
        canaryUrl,
        `ext::sh -c "${mark('submodule')}"`,
        '-u./payload',
        `file://${folder}`,
        '../../outside',
      ]
        .map((url, n) => `[submodule "s${n}"]\n\tpath = s${n}\n\turl = ${url}\n\tupdate = !${mark('update')}\n`)
        .join('')
      const pinned = modules
        .split('[submodule')
        .slice(1)
        .map((_, n) => ({ name: `s${n}`, id: '1'.repeat(40), mode: SUBMODULE }))
      repository.commit(repository.tree([{ name: '.gitmodules', id: repository.blob(modules) }, ...pinned]))
    },
  },
  {
    // Git itself refuses the one above as a whole, for what it says of updates.
    name: 'a submodule that leads inside',
    make(repository, { canaryUrl }) {
      const modules = `[submodule "s0"]\n\tpath = s0\n\turl = ${canaryUrl}\n`
      const pinned = { name: 's0', id: '1'.repeat(40), mode: SUBMODULE }
      repository.commit(repository.tree([{ name: '.gitmodules', id: repository.blob(modules) }, pinned]))
    },
  },
  {
    name: 'a submodule in place of the README',
    make(repository) {
      repository.commit(
        repository.tree([
          { name: 'README.md', id: '2'.repeat(40), mode: SUBMODULE },
          { name: 'a.ts', id: repository.blob(SOURCE) },
        ]),
      )
    },
  },
  {
    name: 'a bare repository inside, whose monitor runs a program',
    fast: true,
    make(repository, { mark }) {
      const config = `[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n\tfsmonitor = "${mark('fsmonitor')};false"\n\tpager = ${mark('pager')}\n`
      const empty = repository.tree([{ name: 'x', id: repository.blob('') }])
      const hook = { name: 'post-checkout', id: repository.blob(`#!/bin/sh\n${mark('hook')}\n`), mode: '100755' }
      const inside = repository.tree([
        { name: 'HEAD', id: repository.blob('ref: refs/heads/main\n') },
        { name: 'config', id: repository.blob(config) },
        asFolder('hooks', repository.tree([hook])),
        asFolder('objects', empty),
        asFolder('refs', empty),
      ])
      repository.commit(
        repository.tree([{ name: 'README.md', id: repository.blob(README) }, asFolder('inside', inside)]),
      )
    },
  },
  {
    name: 'a commit with markup, control characters and absurd times',
    make(repository) {
      const tree = repository.tree([{ name: 'README.md', id: repository.blob(README) }])
      const person = '<script>alert(1)</script>\u001b[2J <x> 99999999999999999999 +9999'
      const text = `tree ${tree}\nauthor ${person}\ncommitter ${person}\nencoding UTF-7\n\n\u202e${'x'.repeat(1e6)}\n`
      repository.point('main', repository.object('commit', Buffer.from(text)))
    },
  },
  {
    name: 'a commit without a tree',
    make(repository) {
      const person = 'Eve <eve@example.test> 1767323045 +0000'
      const text = `tree ${'3'.repeat(40)}\nauthor ${person}\ncommitter ${person}\n\nx\n`
      repository.point('main', repository.object('commit', Buffer.from(text)))
    },
  },
]

function links(name: string, targets: (outside: Outside) => Record<string, string>, fast = false): Hostile {
  return {
    name,
    fast,
    make(repository, outside) {
      const entries = Object.entries(targets(outside)).map(([path, target]) => ({
        name: path,
        id: repository.blob(target),
        mode: LINK,
      }))
      repository.commit(repository.tree([...entries, { name: 'z.ts', id: repository.blob(SOURCE) }]))
    },
  }
}

function names(name: string, all: (outside: Outside) => (string | Buffer)[], fast = false): Hostile {
  return {
    name,
    fast,
    make: (repository, outside) => void repository.commit(repository.tree(bothKinds(repository, all(outside)))),
  }
}

/** Each name once as a file in the root and once as a folder of `in/`. */
function bothKinds(repository: RawRepository, all: (string | Buffer)[]): TreeEntry[] {
  const [code, text] = [repository.blob(SOURCE), repository.blob(README)]
  const file = (name: string | Buffer) => ({ name, id: String(name).includes('.md') ? text : code })
  const inside = repository.tree([{ name: 'inner.ts', id: code }])
  const folders = all.map((name) => asFolder(name, inside))
  return inOrder([...all.map(file), asFolder('in', repository.tree(inOrder(folders)))])
}

/** As git wants it, so that the names are all that is wrong: a folder stands where its name with a slash would. */
function inOrder(entries: TreeEntry[]): TreeEntry[] {
  const key = ({ name, mode }: TreeEntry) => Buffer.concat([Buffer.from(name), Buffer.from(mode ? '/' : '')])
  return entries.toSorted((a, b) => Buffer.compare(key(a), key(b)))
}
