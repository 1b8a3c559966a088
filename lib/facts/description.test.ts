import { expect, it } from 'vitest'
import { snapshotOfFiles } from '#lib/testing/snapshot-of-files.ts'
import { extractFacts } from './extract-facts.ts'

async function described(files: Record<string, string>) {
  const { signal } = new AbortController()
  const facts = await extractFacts({ snapshot: snapshotOfFiles(files), name: 'walk', signal, progress: () => {} })
  return { text: facts.description?.text, at: facts.description?.range, repoType: facts.repoType }
}

const README = '# Walk\n\n> Finds the way, fast\n\n- quick\n\n_Walk_ is also the *first* word of a song.\n'

it('takes the description of the package named like the project where the root has none', async () => {
  const inner = '{\n  "name": "@walk/tools",\n  "description": "Tools."\n}\n'
  const found = await described({
    'package.json': '{ "private": true }',
    'packages/tools/package.json': inner,
    'packages/walk/package.json': '{\n  "name": "walk",\n  "description": "Finds ways."\n}\n',
    'README.md': README,
  })
  expect(found).toMatchObject({ text: 'Finds ways.', at: { path: 'packages/walk/package.json', start: 3 } })
})

it('takes the line set apart below the title before any prose, but no warning', async () => {
  expect(await described({ 'README.md': README })).toMatchObject({
    text: 'Finds the way, fast',
    at: { path: 'README.md', start: 3, end: 3 },
  })
  const warned = await described({ 'README.md': README.replace('Finds the way, fast', 'Warning: not ready for use') })
  expect(warned.text).toBe('Walk is also the first word of a song.')
})

it('keeps the words of emphasis and links, and calls a library what says that it is one', async () => {
  const text = '**Walk is a small library for *ways*,** as part of [Go][1].'
  expect(await described({ 'README.md': `# Walk\n\n${text}\n\n[1]: https://example.org\n` })).toMatchObject({
    text: 'Walk is a small library for ways, as part of Go.',
    repoType: 'library',
  })
  const app = await described({ 'README.md': '# Walk\n\nWalk shows your library of books on a wall.\n' })
  expect(app.repoType).toBe('app')
})

it('takes how the README begins before what is said further down, but no badges, links or pointers elsewhere', async () => {
  const later = '\n## Design\n\nWalk is opinionated about shoes and says so.\n'
  const begun =
    '# Walk\n\n[![Docs]][docs] [![Build](https://b.example/x.svg)](https://b.example)\n\nFinds ways through a wood at night.\n'
  expect((await described({ 'README.md': begun + later })).text).toBe('Finds ways through a wood at night.')
  const html = '# Walk\n\n<p>Ways through a wood, found at night.</p>\n'
  expect((await described({ 'README.md': html + later })).text).toBe('Ways through a wood, found at night.')
  const elsewhere =
    '# Walk\n\nSee the website for all of the documentation.\n\n[Site](https://a.example) · [Chat](https://c.example)\n'
  expect((await described({ 'README.md': elsewhere + later })).text).toBe(
    'Walk is opinionated about shoes and says so.',
  )
  const direct =
    '# Walk\nA finder of ways for the [Wood] app.\n\nWalk is also a comment on shoes.\n\n[Wood]: https://w.example\n'
  expect((await described({ 'README.md': direct })).text).toBe('A finder of ways for the Wood app.')
})

it('takes no list of fields and no appeal for money for what a project is', async () => {
  const readme = [
    '.. image:: logo.png',
    '',
    ':Version: 5.6.2 (recovery of the way)',
    ':Web: https://walk.example and more of it',
    '',
    'Donations',
    '=========',
    '',
    'The fund is our platform for gifts of all kinds.',
    '',
    'Somebody',
    '--------',
    '',
    'Somebody is a company that gives us machines.',
    '',
    'Ways',
    '====',
    '',
    'Finds ways through a wood at night.',
  ]
  expect((await described({ 'README.rst': `${readme.join('\n')}\n` })).text).toBe('Finds ways through a wood at night.')
})

it('calls a framework what says so behind a name of several words', async () => {
  const text = '# Night Walk\n\nNight Walk is a fast, quiet, composable framework for walking at night.\n'
  expect((await described({ 'README.md': text })).repoType).toBe('framework')
  expect(
    (await described({ 'README.md': '# Night Walk\n\nNight Walk is an app that runs on a framework.\n' })).repoType,
  ).toBe('app')
})
