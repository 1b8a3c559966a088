import { expect, it } from 'vitest'
import { type Facts, REFERENCE_KINDS } from '#lib/domain/facts.ts'
import { factsOf } from '#lib/testing/facts-of.ts'

/** Uses as `file:line what -> target kind`, with `~` behind those that are inferred. */
async function usesIn(files: Record<string, string>): Promise<string[]> {
  const facts = await factsOf(files)
  return facts.references.file.map((file, at) => edgeText(facts, file, at))
}

function edgeText({ files, symbols, references }: Facts, file: number, at: number): string {
  const { symbol, line, target, kind, exact } = references
  const who = symbols[symbol[at] ?? -1]?.qualified ?? '-'
  const mark = exact[at] ? '' : '~'
  return `${files[file]?.path}:${line[at]} ${who} -> ${symbols[target[at] ?? -1]?.id} ${REFERENCE_KINDS[kind[at] ?? 0]}${mark}`
}

it('finds what TypeScript uses through renames, defaults, barrels and namespaces, and not what locals hide', async () => {
  const uses = await usesIn({
    'src/way.ts': [
      'export default class Way { length = 0\n  walk() { return this.length } }',
      'export function find(): Way { return new Way() }',
      'export const LIMIT = 3',
    ].join('\n'),
    'src/index.ts': "export { default as Road, find as search } from './way.ts'\nexport * as all from './way.ts'\n",
    'src/use.ts': [
      "import { Road, search } from './index.ts'",
      "import * as way from './way.ts'",
      '// search in a comment',
      `const text = 'search' + \`\${way.LIMIT} search\``,
      'export function go(road: Road) { road.walk()\n  return search() }',
      'export function no(search: string) { const LIMIT = 1; return { search: search + LIMIT } }',
    ].join('\n'),
  })
  expect(uses).toEqual([
    'src/use.ts:4 text -> src/way.ts#LIMIT use',
    'src/use.ts:5 go -> src/way.ts#Way type',
    'src/use.ts:5 go -> src/way.ts#Way.walk call',
    'src/use.ts:6 go -> src/way.ts#find call',
    'src/way.ts:2 Way.walk -> src/way.ts#Way.length use',
    'src/way.ts:3 find -> src/way.ts#Way create',
  ])
})

it('follows Python modules, aliases, self, base classes and typed parameters', async () => {
  const uses = await usesIn({
    'walk/__init__.py': 'from ._way import Way as Way\n',
    'walk/_way.py':
      'class Base:\n    def rest(self):\n        pass\n\n\nclass Way(Base):\n    def go(self):\n        self.rest()\n',
    'walk/cli.py':
      'import walk._way as w\nfrom . import Way\n\ndef main(way: Way, Base=None):\n    way.go()\n    w.Base()\n    return f(Way=1, x=Base)\n',
  })
  expect(uses).toEqual([
    'walk/_way.py:6 Way -> walk/_way.py#Base extend',
    'walk/_way.py:8 Way.go -> walk/_way.py#Base.rest call',
    'walk/cli.py:4 main -> walk/_way.py#Way type',
    'walk/cli.py:5 main -> walk/_way.py#Way.go call',
    'walk/cli.py:6 main -> walk/_way.py#Base create',
  ])
})

it('knows the packages of Go, the modules of Rust and the spaces of Java', async () => {
  const uses = await usesIn({
    'go.mod': 'module example.org/walk\n',
    'way/way.go':
      'package way\n\ntype Base struct{}\n\ntype Way struct {\n\tBase\n}\n\nfunc (w *Way) Go() { helper() }\n',
    'way/help.go': 'package way\n\nfunc helper() {}\n',
    'main.go': 'package main\n\nimport w "example.org/walk/way"\n\nfunc main() {\n\tone := &w.Way{}\n\tone.Go()\n}\n',
    'Cargo.toml': '[package]\nname = "walk"\n',
    'src/lib.rs': 'pub mod way;\npub use way::Way as Road;\npub trait Walk { fn walk(&self); }\n',
    'src/way.rs':
      'use crate::Walk;\npub struct Way;\nimpl Walk for Way {\n fn walk(&self) { let c = \'a\'; let t = "Walk"; } }\nmod tests { use super::*; fn t() { let w = Way::new(); } }\n',
    'j/a/Way.java':
      'package a;\nimport b.Door;\nclass Way extends Roof implements Door {\n  void go(Door d) { d.open(); close(); }\n  void close() {}\n}\n',
    'j/a/Roof.java': 'package a;\nclass Roof {}\n',
    'j/b/Door.java': 'package b;\npublic interface Door { void open(); }\n',
  })
  expect(uses).toEqual([
    'j/a/Way.java:3 Way -> j/a/Roof.java#Roof extend',
    'j/a/Way.java:3 Way -> j/b/Door.java#Door implement',
    'j/a/Way.java:4 Way.go -> j/a/Way.java#Way.close call',
    'j/a/Way.java:4 Way.go -> j/b/Door.java#Door type',
    'j/a/Way.java:4 Way.go -> j/b/Door.java#Door.open call',
    'main.go:6 main -> way/way.go#Way create',
    'main.go:7 main -> way/way.go#Way.Go call',
    'src/way.rs:2 Way -> src/lib.rs#Walk implement',
    'src/way.rs:3 - -> src/lib.rs#Walk type',
    'way/way.go:5 Way -> way/way.go#Base extend',
    'way/way.go:9 Way.Go -> way/help.go#helper call',
  ])
})

it('links C to the declaration in the header, and says when a name alone was the reason', async () => {
  const uses = await usesIn({
    'include/way.h': 'typedef struct way { int length; } way;\nint way_walk(way *w);\n',
    'src/way.c':
      '#include "way.h"\nint way_walk(way *w) { return w->length; }\nint way_run(way *w) { return way_walk(w); }\n',
    'src/main.c': 'int go(void) { char *way_walk_text = "way_run"; return way_run(0); }\n',
  })
  expect(uses).toContain('src/way.c:3 way_run -> include/way.h#way_walk call')
  expect(uses).toContain('src/main.c:1 go -> src/way.c#way_run call~')
})

it('lists what packages offer, wherever it is declared', async () => {
  const facts = await factsOf({
    'package.json': '{"name":"walk","exports":{".":"./dist/index.js","./far":"./dist/far.js"}}',
    'src/index.ts':
      "import { b } from './b.ts'\nexport * from './a.ts'\nexport { b as road }\nexport { default } from './b.ts'\nexport function own() {}\n",
    'src/a.ts': 'export const a = 1\nexport default function no() {}\nconst hidden = 1\n',
    'src/b.ts': 'export const b = 1\nexport default class Way {}\n',
    'src/far.ts': "export { a as far } from './index.ts'\n",
    'src/apart.ts': 'export const apart = 1\n',
    'old/package.json': '{"name":"old","main":"index.js"}',
    'old/index.js': "module.exports = require('./lib/old')\n",
    'old/lib/old.js': 'module.exports = make\nfunction make() {}\n',
    'py/pyproject.toml': '[project]\nname = "py"\n',
    'py/way/__init__.py': 'from ._in import Way as Way\nfrom .more import *\nfrom ._in import _hidden\n',
    'py/way/_in.py': 'class Way: pass\ndef _hidden(): pass\n',
    'py/way/more.py': '__all__ = ["one"]\none = 1\ntwo = 2\n',
  })
  expect(facts.offered.map(({ from, name, symbol }) => `${from} ${name} ${symbol}`)).toEqual([
    'old default old/lib/old.js#make',
    'walk a src/a.ts#a',
    'walk default src/b.ts#Way',
    'walk own src/index.ts#own',
    'walk road src/b.ts#b',
    'walk/far far src/a.ts#a',
    'way Way py/way/_in.py#Way',
    'way one py/way/more.py#one',
  ])
})

it('asks each part of a C# class once, however many files it is written in', async () => {
  const part = (at: number) =>
    `namespace Roads;\npublic partial class Way\n{\n    public int Go${at}() => Missing${at}() + Go${(at + 1) % 24}();\n}\n`
  const files = Array.from({ length: 24 }, (_, at): [string, string] => [`src/Way.Part${at}.cs`, part(at)])
  const uses = await usesIn(Object.fromEntries(files))
  expect(uses).toHaveLength(24)
  expect(uses).toContain('src/Way.Part3.cs:4 Way.Go3 -> src/Way.Part4.cs#Way.Go4 call')
})

it('takes the whole name of an Elixir module, also below an alias, and no part of it', async () => {
  const uses = await usesIn({
    'lib/way.ex': 'defmodule Way do\n  def go, do: 1\nend\n',
    'lib/way/road.ex': 'defmodule Way.Road do\n  def walk, do: 1\nend\n',
    'lib/way/road/step.ex': 'defmodule Way.Road.Step do\n  def take, do: 1\nend\n',
    'lib/use.ex': [
      'defmodule Way.Use do',
      '  alias Way.Road',
      '  def a, do: Way.Road.walk()',
      '  def b, do: Road.Step.take()',
      '  def c, do: Way.go()',
      'end',
    ].join('\n'),
  })
  expect(uses).toEqual([
    'lib/use.ex:3 Way.Use.a -> lib/way/road.ex#Way.Road type',
    'lib/use.ex:3 Way.Use.a -> lib/way/road.ex#Way.Road.walk call',
    'lib/use.ex:4 Way.Use.b -> lib/way/road/step.ex#Way.Road.Step type',
    'lib/use.ex:4 Way.Use.b -> lib/way/road/step.ex#Way.Road.Step.take call',
    'lib/use.ex:5 Way.Use.c -> lib/way.ex#Way type~',
    'lib/use.ex:5 Way.Use.c -> lib/way.ex#Way.go call~',
  ])
})

it('finds nothing of a namespace or a table by its bare name elsewhere', async () => {
  const uses = await usesIn({
    'kinds.ts': 'export namespace Kind {\n  export const String = 1\n}\nexport type Kind = 1\n',
    'index.ts': "export * from './kinds.ts'\n",
    'use.ts':
      "import type { Kind } from './index.ts'\nexport * from './kinds.ts'\nexport const text = String(1 as Kind)\n",
    'tbl.lua': 'local tbl = {}\nfunction tbl.unpack(t) return t end\nreturn tbl\n',
    'use.lua': "local tbl = require('tbl')\nfunction go(t)\n  return unpack(t)\nend\n",
  })
  expect(uses.filter((use) => use.startsWith('use.'))).toEqual(['use.ts:3 text -> kinds.ts#Kind type'])
})

it('leads Lua to what a table holds: not to methods of texts, locals or parameters of the same name', async () => {
  const uses = await usesIn({
    'lua/way/tablex.lua': [
      'local tablex = {}',
      'local function hidden(t) return t end',
      'function tablex.find(t, v) return hidden(t) end',
      'function tablex.remove(t) return tablex.find(t) end',
      'return tablex',
    ].join('\n'),
    'lua/way/init.lua': [
      'local tablex = require "way.tablex"',
      'local append, remove = table.insert, table.remove',
      'local Way = {}',
      'function Way:go(text, find)',
      '  if text:find("x") then return find end',
      '  return self:stop(tablex.find(text))',
      'end',
      'function Way:stop(v) return remove(v) end',
      'function Way.run(way) return way:stop(tablex.hidden) end',
      'return Way',
    ].join('\n'),
  })
  expect(uses).toEqual([
    'lua/way/init.lua:6 Way:go -> lua/way/init.lua#Way:stop call',
    'lua/way/init.lua:6 Way:go -> lua/way/tablex.lua#tablex.find call',
    'lua/way/init.lua:10 - -> lua/way/init.lua#Way use',
    'lua/way/tablex.lua:3 tablex.find -> lua/way/tablex.lua#hidden call',
    'lua/way/tablex.lua:4 tablex.remove -> lua/way/tablex.lua#tablex.find call',
    'lua/way/tablex.lua:5 - -> lua/way/tablex.lua#tablex use',
  ])
})

it('leads Ruby to the constants of the name spaces around, and to the file a module is named after', async () => {
  const uses = await usesIn({
    'lib/way.rb': 'module Way\n  def self.load(text)\n    text\n  end\nend\n',
    'lib/way/log.rb':
      'module Way\n  class Log\n    class JSON\n      def call\n        1\n      end\n    end\n  end\nend\n',
    'lib/way/road.rb': [
      'module Way',
      '  LIMIT = 1',
      '  class Road',
      '    def go',
      '      Way.load(1)',
      '      JSON.parse(2)',
      '      Way::Log::JSON.new',
      '    rescue Log',
      '      LIMIT',
      '    end',
      '  end',
      'end',
    ].join('\n'),
  })
  expect(uses).toEqual([
    'lib/way/road.rb:5 Way::Road#go -> lib/way.rb#Way type',
    'lib/way/road.rb:5 Way::Road#go -> lib/way.rb#Way.load call',
    'lib/way/road.rb:7 Way::Road#go -> lib/way/log.rb#Way::Log type',
    'lib/way/road.rb:7 Way::Road#go -> lib/way/log.rb#Way::Log::JSON type',
    'lib/way/road.rb:9 Way::Road#go -> lib/way/road.rb#Way::LIMIT use',
  ])
})

it('takes the first word of a command of the shell for a call; an argument may be any text', async () => {
  const uses = await usesIn({
    'bin/go.sh': [
      'walk() { echo "$1"; }',
      'rest() { :; }',
      'stop() { :; }',
      'if walk home; then rest; fi',
      'now=$(walk)',
      'log stop',
      'case "$1" in',
      '  stop) walk ;;',
      'esac',
    ].join('\n'),
  })
  expect(uses).toEqual([
    'bin/go.sh:4 - -> bin/go.sh#walk call',
    'bin/go.sh:4 - -> bin/go.sh#rest call',
    'bin/go.sh:6 - -> bin/go.sh#stop use~',
  ])
})

it('gives uses in a component to the symbol they stand in, and those outside of all to the component', async () => {
  const uses = await usesIn({
    'src/way.ts': 'export function find() {}\nexport const LIMIT = 1\n',
    'src/Way.vue': [
      '<script setup lang="ts">',
      "import { find, LIMIT } from './way.ts'",
      'const first = 1',
      'const second = LIMIT',
      'find()',
      '</script>',
    ].join('\n'),
  })
  expect(uses).toEqual(['src/Way.vue:4 second -> src/way.ts#LIMIT use', 'src/Way.vue:5 Way -> src/way.ts#find call'])
})
