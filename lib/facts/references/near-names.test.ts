import { expect, it } from 'vitest'
import { extractFacts } from '#lib/facts/extract-facts.ts'
import { snapshotOfFiles } from '#lib/testing/snapshot-of-files.ts'

/** Uses as `file:line -> target`, with `~` behind those that are inferred. */
async function usesIn(files: Record<string, string>): Promise<string[]> {
  const {
    files: all,
    symbols,
    references,
  } = await extractFacts({
    snapshot: snapshotOfFiles(files),
    name: 'example',
    signal: new AbortController().signal,
    progress: () => {},
  })
  const { file, line, target, exact } = references
  return file.map(
    (one, at) => `${all[one]?.path}:${line[at]} -> ${symbols[target[at] ?? -1]?.id}${exact[at] ? '' : '~'}`,
  )
}

it('lets a name imported from elsewhere hide what the package around declares, not what the file itself does', async () => {
  const uses = await usesIn({
    'src/Zone.kt': 'package way\nclass ZoneOffset\nclass Stop\n',
    'src/Use.kt': 'package way\nimport java.time.ZoneOffset\nfun use(zone: ZoneOffset, stop: Stop) {}\n',
    'src/Own.kt': 'package way\nfun own(zone: ZoneOffset) {}\n',
  })
  expect(uses).toEqual(['src/Own.kt:2 -> src/Zone.kt#ZoneOffset', 'src/Use.kt:3 -> src/Zone.kt#Stop'])
})

it('tells types of C# with and without arguments apart; parts of one class see each other', async () => {
  const uses = await usesIn({
    'Outcome.cs': 'namespace Way;\npublic static class Outcome { public static int Of() { return 1; } }\n',
    'T1.cs': 'namespace Way;\npublic partial class Outcome<T>\n{\n  int far;\n}\n',
    'T2.cs': 'namespace Way;\npublic partial class Outcome<T>\n{\n  int Go() { return far; }\n}\n',
    'Use.cs': [
      'namespace Way;',
      'class Use {',
      '  Outcome<int> Made() { return null; }',
      '  int Plain() { return Outcome.Of(); }',
      '}',
    ].join('\n'),
  })
  expect(uses).toEqual([
    'T2.cs:4 -> T1.cs#Outcome.far',
    'Use.cs:3 -> T1.cs#Outcome',
    'Use.cs:4 -> Outcome.cs#Outcome',
    'Use.cs:4 -> Outcome.cs#Outcome.Of',
  ])
})

it('is not sure of a type of C# where a member around has its name', async () => {
  const uses = await usesIn({
    'Context.cs': 'namespace Way;\npublic class Context {}\n',
    'Use.cs': 'namespace Way;\nclass Use {\n  object Context => null;\n  void Go() { Take(Context); }\n}\n',
  })
  expect(uses).toContain('Use.cs:4 -> Context.cs#Context~')
})

it('does not take what is asked of a new thing for that thing', async () => {
  const uses = await usesIn({
    'Sources/Way/Way.swift': [
      'public class Response { func mapJSON() {} }',
      'func ask() {',
      '  let single = Response(1).asSingle()',
      '  single.mapJSON()',
      '}',
      'func go() {',
      '  let whole = Response(1)',
      '  whole.mapJSON()',
      '}',
    ].join('\n'),
  })
  expect(uses.filter((one) => one.includes('mapJSON') && !one.endsWith('~'))).toEqual([
    'Sources/Way/Way.swift:8 -> Sources/Way/Way.swift#Response.mapJSON',
  ])
})

it('takes of what several builds declare under one name in one package the nearest', async () => {
  const routing = (name: string) => `package com.example.plugins\nfun ${name}() {}\n`
  const use = 'package com.example\nimport com.example.plugins.*\nfun module() {\n  configureRouting()\n}\n'
  const uses = await usesIn({
    'mongo/src/plugins/Routing.kt': routing('configureRouting'),
    'mongo/src/App.kt': use,
    'web/src/plugins/Routing.kt': routing('configureRouting'),
    'web/src/App.kt': use,
  })
  expect(uses).toEqual([
    'mongo/src/App.kt:4 -> mongo/src/plugins/Routing.kt#configureRouting',
    'web/src/App.kt:4 -> web/src/plugins/Routing.kt#configureRouting',
  ])
})

it('does not lead an import of a Swift module to a file for the members of its extensions', async () => {
  const { imports } = await extractFacts({
    snapshot: snapshotOfFiles({
      'Sources/Way/Way.swift': 'public struct Way {}\n',
      'Sources/Way/Live.swift': 'extension Wrapper {\n  public var contentMode: Int { 1 }\n}\n',
      'Sources/App/main.swift': 'import Way\nlet way = Way()\nview.contentMode = 1\n',
    }),
    name: 'example',
    signal: new AbortController().signal,
    progress: () => {},
  })
  expect(imports.map(({ to, names }) => [to, names])).toEqual([['Sources/Way/Way.swift', ['Way']]])
})
