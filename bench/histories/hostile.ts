import { execFileSync } from 'node:child_process'
import { generatedProject } from '#lib/testing/generated-project.ts'
import { TINY_IMAGES } from '#lib/testing/tiny-images.ts'
import type { Step } from './walk.ts'

/** Content by path; a symbolic link and a submodule are what Git keeps of them. */
type State = Map<string, string | Uint8Array | { link: string } | { submodule: string }>

const COMMIT_OF_OTHERS = '1234567890123456789012345678901234567890'
const BINARY = new Uint8Array([80, 0, 1, 2, 3, 0, 80])

/** What is done to a project one after the other: each says what, and changes the state that it is given. */
const CHANGES: [how: string, change: (files: State) => void][] = [
  ['guides, pictures and names of all kinds', begin],
  ['a file becomes a folder', (files) => move(files, 'lib/maps/trail.ts', 'lib/maps/trail.ts/index.ts')],
  ['the folder becomes a file', (files) => move(files, 'lib/maps/trail.ts/index.ts', 'lib/maps/trail.ts')],
  ['a name changes its case alone', (files) => move(files, 'lib/huts/bridge.ts', 'lib/huts/Bridge.ts')],
  ['a folder changes its case alone', (files) => moveAll(files, 'walker/', (path) => path.replace('walker', 'Walker'))],
  ['a test has what a source file has', (files) => copy(files, 'lib/tours/river.ts', 'test/river.test.ts')],
  ['the source file goes, the test stays', (files) => void files.delete('lib/tours/river.ts')],
  ['both change places', (files) => move(files, 'test/river.test.ts', 'lib/tours/river.ts')],
  ['a vendored file has what a source file has', (files) => copy(files, 'lib/tours/valley.ts', 'vendor/valley.ts')],
  ['a file becomes a link', (files) => void files.set('lib/guides/summit.ts', { link: '../huts/summit.ts' })],
  ['a folder becomes a submodule', (files) => replaced(files, 'Walker', { submodule: COMMIT_OF_OTHERS })],
  ['the link is a file again', (files) => copy(files, 'lib/huts/summit.ts', 'lib/guides/summit.ts')],
  [
    'the submodule is a folder again',
    (files) => replaced(files, 'Walker/notes.py', 'def read():\n    """Reads notes."""\n'),
  ],
  ['nothing', () => undefined],
  ['a cited file becomes binary', (files) => void files.set('lib/paths/bridge.ts', BINARY)],
  [
    'another one becomes too large',
    (files) =>
      void files.set('lib/paths/valley.ts', `${textOf(files, 'lib/paths/valley.ts')}${'// more\n'.repeat(150_000)}`),
  ],
  [
    'one line becomes too long',
    (files) => edit(files, 'lib/paths/trail.ts', (text) => `${text}export const data = '${'x'.repeat(30_000)}'\n`),
  ],
  [
    'all three are back',
    (files) => restore(files, ['lib/paths/bridge.ts', 'lib/paths/valley.ts', 'lib/paths/trail.ts']),
  ],
  [
    'files are said to be generated',
    (files) => void files.set('.gitattributes', 'lib/weather/** linguist-generated\n*.py linguist-language=Ruby\n'),
  ],
  [
    'an inner file says otherwise',
    (files) => void files.set('lib/.gitattributes', 'weather/trail.ts -linguist-generated\n'),
  ],
  ['nobody says so', (files) => remove(files, '.gitattributes', 'lib/.gitattributes')],
  [
    'the owner wants fewer paths',
    (files) => void files.set('docsfy.yml', 'paths:\n  exclude: [lib/huts, "lib/tours/s*.ts"]\n'),
  ],
  [
    'and another order',
    (files) =>
      void files.set('docsfy.yml', 'pages:\n  - title: The maps\n    page: lib/maps\npaths:\n  exclude: [lib/huts]\n'),
  ],
  ['the wishes are no YAML', (files) => void files.set('docsfy.yml', 'pages: [\n')],
  ['no wishes', (files) => remove(files, 'docsfy.yml')],
  [
    'a word of a guide leaves the code',
    (files) => edit(files, 'lib/maps/names.ts', (text) => text.replaceAll('furtherDown', 'deeperDown')),
  ],
  [
    'it comes back in capitals',
    (files) => edit(files, 'lib/maps/names.ts', (text) => `${text}export const FURTHER_DOWN = 1\n`),
  ],
  ['it comes back', (files) => restore(files, ['lib/maps/names.ts'])],
  ['a path that a guide names goes', (files) => remove(files, 'docs/plan-b.txt')],
  [
    'a heading that is linked to changes',
    (files) => edit(files, 'docs/walking.md', (text) => text.replace('## Weather', '## Wind and rain')),
  ],
  ['a picture is no picture any more', (files) => void files.set('docs/map.png', 'no picture\n')],
  ['a picture of the same name is another one', (files) => void files.set('docs/map.png', TINY_IMAGES.gif)],
  ['a guide moves', (files) => move(files, 'docs/walking.md', 'docs/guide/walking.md')],
  ['the README moves', (files) => move(files, 'README.md', 'docs/README.md')],
  [
    'a README in another language of markup',
    (files) =>
      void files.set(
        'README.rst',
        'Walks\n=====\n\nPlans walks, in another way.\n\nUsage\n-----\n\nRun ``walks plan``.\n',
      ),
  ],
  [
    'the README is back',
    (files) => {
      remove(files, 'README.rst', 'docs/README.md')
      restore(files, ['README.md'])
    },
  ],
  [
    'the package has another name and another program',
    (files) =>
      edit(files, 'package.json', (text) =>
        text.replace('"walks"', '"hikes"').replace('"walks": "cli/main.ts"', '"hikes": "cli/serve.ts"'),
      ),
  ],
  [
    'names lead elsewhere',
    (files) =>
      void files.set('tsconfig.json', '{"compilerOptions":{"paths":{"#lib/*":["./lib/*"],"~/*":["./cli/*"]}}}\n'),
  ],
  [
    'the package says where to',
    (files) =>
      edit(files, 'package.json', (text) =>
        text.replace(
          '"type"',
          '"imports": {"#lib/*": "./lib/*"},\n  "exports": {".": "./lib/maps/trail.ts"},\n  "type"',
        ),
      ),
  ],
  ['a lock file says what runs scripts', (files) => void files.set('yarn.lock', '')],
  ['another one does', (files) => move(files, 'yarn.lock', 'package-lock.json')],
  ['a package of another language', (files) => void files.set('pyproject.toml', PYPROJECT)],
  ['most is in that language', (files) => void files.set('Walker/notes.py', '# Notes\n'.repeat(20_000))],
  [
    'a module is looked for where there is none',
    (files) => void files.set('app.py', 'from far import near\n\nnear.go()\n'),
  ],
  [
    'it comes with another',
    (files) => void files.set('far/near.py', 'def go():\n    pass\n').set('far/off.py', 'x = 1\n'),
  ],
  ['no package', (files) => remove(files, 'package.json')],
  [
    'another language says what it is',
    (files) =>
      void files
        .set('go.mod', 'module example.test/walks\n\ngo 1.22\n')
        .set('main.go', GO)
        .set('maps/maps.go', GO_MAPS),
  ],
  ['its module has another name', (files) => void files.set('go.mod', 'module example.test/hikes\n\ngo 1.22\n')],
  ['files change their language', (files) => moveAll(files, 'lib/weather/', (path) => path.replace(/\.ts$/, '.js'))],
  [
    'a header becomes one of another language',
    (files) =>
      void files
        .set('native/walk.h', 'int walk(int days);\n')
        .set('native/walk.c', '#include "walk.h"\nint walk(int days) { return days; }\n'),
  ],
  [
    'by what it says',
    (files) => void files.set('native/walk.h', 'class Walk {\npublic:\n  int days;\n};\nint walk(int days);\n'),
  ],
  [
    'names with signs',
    (files) => void files.set('lib/a|b [c] (d)/über uns.ts', ODD).set('lib/a|b [c] (d)/e`f*.ts', ODD),
  ],
  ['and lines before them', (files) => edit(files, 'lib/a|b [c] (d)/über uns.ts', (text) => `\n\n${text}`)],
  ['and before the others', (files) => edit(files, 'lib/a|b [c] (d)/e`f*.ts', (text) => `\n${text}`)],
  [
    'lines change places',
    (files) => edit(files, 'lib/maps/trail.ts', (text) => text.split('\n\n').toReversed().join('\n\n')),
  ],
  [
    'the licence changes',
    (files) =>
      void files.set(
        'LICENSE',
        'MIT License\n\nCopyright (c) 2026 Ada Example\n\nPermission is hereby granted, free of charge, to any person\n',
      ),
  ],
  ['to another one', (files) => void files.set('LICENSE', 'Apache License\nVersion 2.0, January 2004\n')],
  [
    'nearly all goes',
    (files) => {
      for (const path of [...files.keys()]) if (path !== 'README.md') files.delete(path)
    },
  ],
  [
    'all is back',
    (files) => {
      for (const [path, content] of project()) files.set(path, content)
    },
  ],
]

const PYPROJECT = '[project]\nname = "notes"\ndescription = "Notes of walkers"\n'
const ODD =
  '/** Odd names. */\nexport function oddName(a: number): number {\n  return a\n}\n\n/** Calls it. */\nexport const odd = () => oddName(1)\n'
const GO =
  'package main\n\nimport "example.test/walks/maps"\n\n// Walk goes.\nfunc Walk() int { return maps.Far() }\n\nfunc main() { Walk() }\n'
const GO_MAPS = '// Package maps has maps.\npackage maps\n\n// Far says how far.\nfunc Far() int { return 1 }\n'

/** A repository made by code, whose commits change what a file, a folder, a name or a manifest is; not all are descended from the first. */
export function hostileSteps(gitDir: string): Step[] {
  execFileSync('git', ['init', '--quiet', '--bare', '--template=', '--initial-branch=main', gitDir])
  const files = project()
  const steps: Step[] = [{ commit: commit({ gitDir, files, parent: null, at: 0 }), how: 'the beginning' }]
  for (const [at, [how, change]] of CHANGES.entries()) {
    change(files)
    const parent = steps.at(-1)?.commit ?? null
    steps.push({ commit: commit({ gitDir, files, parent, at: at + 1 }), how })
  }
  const last = steps.at(-1)
  const other = commit({ gitDir, files: new Map([...files].slice(0, 30)), parent: null, at: 99 })
  const back = steps[4]
  return [
    ...steps,
    { commit: other, how: 'a history of its own' },
    ...(back && last
      ? [
          { ...back, how: 'long before' },
          { ...last, how: 'and the last one' },
        ]
      : []),
  ]
}

function project(): State {
  return new Map(generatedProject())
}

function begin(files: State): void {
  files.set(
    'docs/walking.md',
    '# Walking\n\nCall `furtherDown` and set `DAY_KM`; `POST` and `post` are two. See `docs/plan-b.txt` and [the weather](#weather).\n\n![Map](map.png)\n\n## Weather\n\nIt rains in `lib/weather`. Read [the other guide](resting.md#huts).\n',
  )
  files.set(
    'docs/resting.md',
    '# Resting\n\nAfter [walking](walking.md#weather) people rest.\n\n## Huts\n\nHuts are in `lib/huts/bridge.ts`.\n',
  )
  files.set('docs/map.png', TINY_IMAGES.png).set('docs/plan-b.txt', 'Go home.\n')
  files.set('lib/maps/names.ts', original['lib/maps/names.ts'] ?? '')
}

const original: Record<string, string> = {
  ...Object.fromEntries(generatedProject()),
  'lib/maps/names.ts':
    "/** Goes on. */\nexport function furtherDown(): string {\n  return 'POST'\n}\n\nexport const post = 1\n",
}

function restore(files: State, paths: string[]): void {
  for (const path of paths) files.set(path, original[path] ?? '')
}

function remove(files: State, ...paths: string[]): void {
  for (const path of paths) files.delete(path)
}

function copy(files: State, from: string, to: string): void {
  files.set(to, files.get(from) ?? '')
}

function move(files: State, from: string, to: string): void {
  copy(files, from, to)
  files.delete(from)
}

function moveAll(files: State, from: string, moved: (path: string) => string): void {
  for (const path of [...files.keys()])
    if (path.startsWith(from)) {
      const content = files.get(path) ?? ''
      files.delete(path)
      files.set(moved(path), content)
    }
}

/** What stood at the path, above it or below it makes room. */
function replaced(files: State, path: string, content: string | { submodule: string }): void {
  for (const other of [...files.keys()])
    if (other.startsWith(`${path}/`) || path.startsWith(`${other}/`)) files.delete(other)
  files.set(path, content)
}

function edit(files: State, path: string, change: (text: string) => string): void {
  files.set(path, change(textOf(files, path)))
}

function textOf(files: State, path: string): string {
  const content = files.get(path)
  return typeof content === 'string' ? content : ''
}

interface Committed {
  gitDir: string
  files: State
  parent: string | null
  /** Tells the time. */
  at: number
}

const ids = new Map<string | Uint8Array, string>()

function commit({ gitDir, files, parent, at }: Committed): string {
  const git = (args: string[], input: string | Uint8Array = '') =>
    execFileSync('git', ['-C', gitDir, ...args], { input, encoding: 'utf8', env: environment(gitDir, at) }).trim()
  const blob = (content: string | Uint8Array) => {
    const id = ids.get(content) ?? git(['hash-object', '-w', '--stdin'], content)
    ids.set(content, id)
    return id
  }
  const lines = [...files].map(([path, content]) => {
    if (typeof content === 'string' || content instanceof Uint8Array) return `100644 ${blob(content)}\t${path}\0`
    return 'link' in content ? `120000 ${blob(content.link)}\t${path}\0` : `160000 ${content.submodule}\t${path}\0`
  })
  git(['read-tree', '--empty'])
  git(['update-index', '-z', '--index-info'], lines.join(''))
  const parents = parent === null ? [] : ['-p', parent]
  return git(['commit-tree', git(['write-tree']), ...parents, '-m', `State ${at}`])
}

function environment(gitDir: string, at: number): NodeJS.ProcessEnv {
  const date = new Date(Date.UTC(2026, 0, 2, 3, at, 5)).toISOString()
  const person = { NAME: 'Ada Example', EMAIL: 'ada@example.test', DATE: date }
  const people = ['AUTHOR', 'COMMITTER'].flatMap((who) =>
    Object.entries(person).map(([what, value]) => [`GIT_${who}_${what}`, value]),
  )
  return { ...process.env, GIT_INDEX_FILE: `${gitDir}/hostile-index`, ...Object.fromEntries(people) }
}
