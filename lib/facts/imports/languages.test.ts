import { expect, it } from 'vitest'
import type { Collected } from '#lib/facts/collected.ts'
import { manifestsOf } from '#lib/facts/manifests.ts'
import { parseFile } from '#lib/facts/parse/parse-file.ts'
import { importFacts } from './resolve.ts'

/** What the imports of small repositories lead to, as `from -> to names`. */
async function resolved(texts: Record<string, string>) {
  const collected: Collected = { files: [], parsed: new Map(), documents: [], texts: new Map(), limits: [] }
  for (const [path, text] of Object.entries(texts)) {
    const file = {
      path,
      oid: '',
      bytes: text.length,
      lines: 1,
      language: null,
      role: 'source' as const,
      header: null,
      skipped: null,
    }
    collected.files.push(file)
    const parsed = await parseFile(text, path)
    if (typeof parsed === 'string') collected.texts.set(path, text)
    else collected.parsed.set(path, parsed)
  }
  const manifests = manifestsOf(collected.texts, () => true, new Set(Object.keys(texts)))
  const { imports, offeredByRust } = importFacts(collected, manifests)
  return { found: imports.map(({ from, to, names }) => `${from} -> ${to} ${names.join(',')}`), offeredByRust }
}

it('follows the Rust module tree, re-exports and crates of the workspace', async () => {
  const { found, offeredByRust } = await resolved({
    'Cargo.toml': '[workspace]\nmembers = ["a", "b"]',
    'a/Cargo.toml': '[package]\nname = "crate-a"',
    'a/src/lib.rs': 'mod inner;\npub mod open;\npub use crate::inner::deep::Thing;',
    'a/src/inner.rs': 'pub mod deep;',
    'a/src/inner/deep.rs': 'use super::super::open::Door;\npub struct Thing;\npub struct Own;',
    'a/src/open/mod.rs': 'pub struct Door;',
    'b/src/main.rs': 'use crate_a::open::Door;\nuse std::fs;',
  })
  expect(found).toEqual([
    'a/src/lib.rs -> a/src/inner.rs *',
    'a/src/lib.rs -> a/src/open/mod.rs *',
    'a/src/lib.rs -> a/src/inner/deep.rs Thing',
    'a/src/inner.rs -> a/src/inner/deep.rs *',
    'a/src/inner/deep.rs -> a/src/open/mod.rs Door',
    'b/src/main.rs -> a/src/open/mod.rs Door',
    'b/src/main.rs -> null fs',
  ])
  expect([...offeredByRust].map(([path, names]) => [path, [...names]])).toEqual([
    ['a/src/lib.rs', ['*']],
    ['a/src/inner.rs', []],
    ['a/src/inner/deep.rs', ['Thing']],
    ['a/src/open/mod.rs', ['*']],
  ])
})

it('finds what Java, C#, PHP, Ruby, C and shell files import', async () => {
  const { found } = await resolved({
    'j/a/Way.java': 'package a;\nimport b.Door;\nimport b.*;\nimport java.util.List;\nclass Way { Roof r; }',
    'j/b/Door.java': 'package b;\npublic class Door {}',
    'j/b/Roof.java': 'package b;\npublic class Roof {}',
    'c/Way.cs': 'using Home.Doors;\nclass Way { Door d; }',
    'c/Door.cs': 'namespace Home.Doors { public class Door {} }',
    'composer.json': '{"name":"h/w","autoload":{"psr-4":{"Home\\\\":"p/"}}}',
    'p/Way.php': '<?php\nnamespace Home;\nuse Home\\Doors\\Door;\nrequire __DIR__ . "/boot.php";',
    'p/Doors/Door.php': '<?php\nnamespace Home\\Doors;\nclass Door {}',
    'p/boot.php': '<?php',
    'lib/way.rb': "require_relative 'way/door'\nrequire 'way/roof'\nrequire 'json'",
    'lib/way/door.rb': '',
    'lib/way/roof.rb': '',
    'src/way.c': '#include "own.h"\n#include <home/way.h>\n#include <string.h>',
    'src/own.h': '',
    'include/home/way.h': '',
    'bin/way.sh': 'source "$(dirname "$0")/../share/door.sh"',
    'share/door.sh': '',
  })
  expect(found).toEqual([
    'j/a/Way.java -> j/b/Door.java Door',
    'j/a/Way.java -> j/b/Door.java Door',
    'j/a/Way.java -> j/b/Roof.java Roof',
    'j/a/Way.java -> null List',
    'c/Way.cs -> c/Door.cs Door',
    'p/Way.php -> p/Doors/Door.php Door',
    'p/Way.php -> p/boot.php *',
    'lib/way.rb -> lib/way/door.rb *',
    'lib/way.rb -> lib/way/roof.rb *',
    'lib/way.rb -> null *',
    'src/way.c -> src/own.h *',
    'src/way.c -> include/home/way.h *',
    'src/way.c -> null *',
    'bin/way.sh -> share/door.sh *',
  ])
})

it('resolves JavaScript through extended configurations, exports of packages, builds and declarations', async () => {
  const { found } = await resolved({
    'package.json': '{"name":"root","imports":{"#in/*":"./dist/in/*.js"}}',
    'configs/tsconfig.base.json': '{"compilerOptions":{"baseUrl":"..","paths":{"@lib/*":["packages/lib/src/*"]}}}',
    'packages/app/tsconfig.json': '{"extends":["../../configs/tsconfig.base"]}',
    'packages/app/package.json': '{"name":"app"}',
    'packages/app/public/logo.svg': '',
    'packages/lib/package.json':
      '{"name":"@me/lib","exports":{".":{"types":"./dist/index.d.ts"},"./deep/*":"./dist/deep/*.js","./deep/one":"./src/first.ts"}}',
    'packages/lib/src/index.ts': 'export const a = 1',
    'packages/lib/src/first.ts': '',
    'packages/lib/src/deep/two.ts': '',
    'src/in/way.ts': '',
    'types/way.d.ts': '',
    'packages/app/src/a.ts': [
      "import { a } from '@lib/index'",
      "import '@me/lib'",
      "import '@me/lib/deep/one'",
      "import '@me/lib/deep/two'",
      "import '@/b'",
      "import '/logo.svg'",
      "import '../../lib/dist/index.js'",
      "import 'react'",
    ].join('\n'),
    'packages/app/src/b.ts': '',
    'main.ts': "import '#in/way'\nimport './types/way.js'\nimport './none.js'",
  })
  expect(found).toEqual([
    'packages/app/src/a.ts -> packages/lib/src/index.ts a',
    'packages/app/src/a.ts -> packages/lib/src/index.ts ',
    'packages/app/src/a.ts -> packages/lib/src/first.ts ',
    'packages/app/src/a.ts -> packages/lib/src/deep/two.ts ',
    'packages/app/src/a.ts -> packages/app/src/b.ts ',
    'packages/app/src/a.ts -> packages/app/public/logo.svg ',
    'packages/app/src/a.ts -> packages/lib/src/index.ts ',
    'packages/app/src/a.ts -> null ',
    'main.ts -> src/in/way.ts ',
    'main.ts -> types/way.d.ts ',
    'main.ts -> null ',
  ])
})

it('follows replace lines of Go, and in Rust folders of tests and modules inside a file', async () => {
  const { found } = await resolved({
    'go.mod': 'module example.org/a\n\nreplace (\n\texample.org/b v1.0.0 => ./fork\n)\n',
    'fork/go.mod': 'module example.org/fork\n',
    'fork/b.go': 'package b\n\nfunc Go() {}\n',
    'main.go': 'package main\n\nimport "example.org/b"\n\nfunc main() { b.Go() }\n',
    'Cargo.toml': '[package]\nname = "way"',
    'src/lib.rs': 'pub struct Door;\nmod tests;\nmod inner { use super::Door; }',
    'src/tests/mod.rs': 'mod util;',
    'src/tests/util.rs': 'mod deep;',
    'src/tests/util/deep.rs': 'use super::super::super::Door;',
  })
  expect(found).toEqual([
    'main.go -> fork/b.go Go',
    'src/lib.rs -> src/tests/mod.rs *',
    'src/lib.rs -> src/lib.rs Door',
    'src/tests/mod.rs -> src/tests/util.rs *',
    'src/tests/util.rs -> src/tests/util/deep.rs *',
    'src/tests/util/deep.rs -> src/lib.rs Door',
  ])
})

it('finds headers in the folders that CMake, Make and Meson name, before those that merely lie near', async () => {
  const header = 'int a;'
  const { found } = await resolved({
    'CMakeLists.txt':
      // biome-ignore lint/suspicious/noTemplateCurlyInString: this is the notation of CMake
      'target_include_directories(way PUBLIC $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/api> PRIVATE "gen/x")\n# include_directories(near)\ninclude_directories(${OTHER}/no)',
    'tool/Makefile': 'CFLAGS += -O2 -I../legacy -I$(DEPS)/no\n',
    'port/meson.build': "inc = include_directories('own', '../api')\n",
    'src/way.c': '#include "way.h"\n#include <plain.h>\n#include "old.h"\n#include "own.h"\n#include <errno.h>',
    'src/near/way.h': header,
    'api/way.h': header,
    'gen/x/plain.h': header,
    'legacy/old.h': header,
    'src/near/old.h': header,
    'port/own/own.h': header,
    'src/near/own.h': header,
    'src/near/errno.h': header,
  })
  expect(found.map((line) => line.split(' ')[2])).toEqual([
    'api/way.h',
    'gen/x/plain.h',
    'legacy/old.h',
    'port/own/own.h',
    'null',
  ])
})
