import { expect, it } from 'vitest'
import type { Facts } from '#lib/domain/facts.ts'
import { extractFacts } from '#lib/facts/extract-facts.ts'
import { snapshotOfFiles } from '#lib/testing/snapshot-of-files.ts'

function factsOf(files: Record<string, string>): Promise<Facts> {
  return extractFacts({
    snapshot: snapshotOfFiles(files),
    name: 'x',
    signal: new AbortController().signal,
    progress: () => {},
  })
}

const starts = ({ entryPoints }: Facts) => entryPoints.map(({ kind, name, path }) => `${kind} ${name} ${path}`)

const WEB = '<Project Sdk="Microsoft.NET.Sdk.Web">\n</Project>\n'
const LIBRARY = '<Project Sdk="Microsoft.NET.Sdk">\n</Project>\n'
const PACKED = LIBRARY.replace('\n', '\n<PropertyGroup><Description>Ways.</Description></PropertyGroup>\n')

it('takes .NET projects beside a program for parts of it, unless something says that they are packed', async () => {
  const program = { 'src/Web/Web.csproj': WEB, 'src/Web/Program.cs': 'var app = 1;\n' }
  const inner = await factsOf({ ...program, 'src/Core/Core.csproj': LIBRARY })
  expect([starts(inner), inner.repoType]).toEqual([['main Web src/Web/Program.cs'], 'app'])
  expect(starts(await factsOf({ ...program, 'src/Core/Core.csproj': PACKED }))).toContain('export Core null')
  const alone = await factsOf({ 'src/Core/Core.csproj': LIBRARY, 'samples/One/Program.cs': 'var a = 1;\n' })
  expect(starts(alone)).toEqual(['export Core null'])
})

it('names a program of .NET or Gradle once, as its build does, and leads to its file', async () => {
  const csharp = 'namespace A;\npublic class Program {\n  public static int Main(string[] args) { return 0; }\n}\n'
  const project = LIBRARY.replace('\n', '\n<PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>\n')
  const facts = await factsOf({
    'worker/Worker.csproj': project,
    'worker/Program.cs': csharp,
    'app/settings.gradle.kts': 'rootProject.name = "app"\n',
    'app/gradlew': '',
    'app/build.gradle.kts': [
      'application { mainClass.set("com.way.MainKt") }',
      'tasks.register("walk") {',
      '  description = "Walks"',
      '}',
      'kotlin { sourceSets {',
      '  commonMain.dependencies {',
      '    implementation("a:core:1")',
      '  }',
      '  commonTest.dependencies {',
      '    implementation("a:check:1")',
      '  }',
      '} }',
    ].join('\n'),
    'app/src/main/kotlin/com/way/Main.kt': 'package com.way\nfun main() {}\n',
  })
  expect(starts(facts)).toEqual([
    'main com.way.MainKt app/src/main/kotlin/com/way/Main.kt',
    'main Worker worker/Program.cs',
  ])
  expect(facts.scripts.map(({ invocation }) => invocation)).toEqual(['./app/gradlew -p app walk'])
  expect(facts.dependencies.map(({ name, kind }) => [name, kind])).toEqual([
    ['a:core', 'runtime'],
    ['a:check', 'development'],
  ])
  expect(facts.manifests.find(({ kind }) => kind === 'gradle')?.description).toBeNull()
})

it('reads what a Package.swift offers and needs', async () => {
  const facts = await factsOf({
    'Package.swift': [
      '// swift-tools-version:5.9',
      'let package = Package(',
      '  name: "Way",',
      '  products: [',
      '    .library(name: "Way", targets: ["Way"]),',
      '    .executable(name: "walk", targets: ["Walker"]),',
      '  ],',
      '  dependencies: [',
      '    .package(url: "https://example.org/a/Roads.git", .upToNextMajor(from: "5.0.0")),',
      '    .package(url: "https://example.org/a/stops", "1.0.0"..<"2.0.0"),',
      '    // .package(url: "https://example.org/a/Old.git", from: "1.0.0"),',
      '  ],',
      '  targets: [.target(name: "Way"), .executableTarget(name: "Walker")]',
      ')',
    ].join('\n'),
    'Sources/Way/Way.swift': 'public struct Way {}\n',
    'Sources/Walker/main.swift': 'print(1)\n',
    'Examples/Basic/App.swift': 'struct App {}\n',
    'Sources/Way/Way.docc/code/01.swift': 'let shown = 1\n',
  })
  expect(facts.manifests).toMatchObject([{ kind: 'swift', name: 'Way' }])
  expect(starts(facts).slice(0, 2)).toEqual(['export Way null', 'binary walk Sources/Walker/main.swift'])
  expect(facts.dependencies.map(({ name, range }) => [name, range])).toEqual([
    ['Roads', '>=5.0.0'],
    ['stops', '1.0.0..<2.0.0'],
  ])
  const roles = new Map(facts.files.map(({ path, role }) => [path, role]))
  expect([roles.get('Examples/Basic/App.swift'), roles.get('Sources/Way/Way.docc/code/01.swift')]).toEqual([
    'example',
    'docs',
  ])
})

it('leaves out builds of tests and of folders with a dot, tells a struct within itself once, and what generated code is', async () => {
  const facts = await factsOf({
    'CMakeLists.txt':
      'project(way)\nadd_executable(way_run_tests_a a.c)\nadd_executable(pace test/pace.c)\nadd_executable(way way.c)\n',
    'fuzzing/CMakeLists.txt': 'add_library(helper helper.c)\n',
    'test/pace.c': 'int main(void) {}\n',
    'way.c': 'int main(void) {}\n',
    '.ci/pom.xml': '<project><groupId>a</groupId><artifactId>b</artifactId></project>\n',
    'config.go': [
      'package way',
      'type Config struct {',
      '\tRoute *Route `yaml:"route"`',
      '}',
      'type Route struct {',
      '\tName string `yaml:"name"`',
      '\tRoutes []*Route `yaml:"routes"`',
      '}',
    ].join('\n'),
    'src/Made.cs': '// <auto-generated>\n//   Made by a tool.\n// </auto-generated>\nclass Made {}\n',
  })
  expect(starts(facts)).toEqual(['main way way.c'])
  expect(facts.configurationKeys.map(({ name }) => name)).toEqual(['route.name', 'route.routes'])
  expect(facts.files.find(({ path }) => path === 'src/Made.cs')?.role).toBe('generated')
})

it('reads what a container starts over several lines, with what the program is given', async () => {
  const { scripts } = await factsOf({
    Dockerfile: 'FROM a\nENTRYPOINT [ "/bin/way" ]\nCMD        [ "--far=1", \\\n             "--near=2" ]\n',
    'shell/Dockerfile': 'FROM a\nENTRYPOINT exec way\nCMD ["--far"]\n',
    'plain/Dockerfile': 'FROM a\nCMD ["node", "way.js"]\n',
  })
  expect(scripts.map(({ command, range }) => [command, range.end])).toEqual([
    ['/bin/way --far=1 --near=2', 4],
    ['node way.js', 2],
    ['--far', 3],
  ])
})

it('reads flags of kingpin with what is said of them behind; a Flag of something else is none', async () => {
  const { flags } = await factsOf({
    'go.mod': 'module example.org/way\n',
    'main.go': [
      'package main',
      'import "github.com/alecthomas/kingpin/v2"',
      'func main() {',
      '\tapp := kingpin.New("way", "Finds ways")',
      '\tapp.Flag("config.file", "Where it is set up.").Short(\'c\').Default("way.yml").String()',
      '\tapp.Flag("far", "Goes far.").BoolVar(&far)',
      '\tapp.Flag("old", "Not told.").Hidden().Bool()',
      '\tapp.Parse(nil)',
      '}',
    ].join('\n'),
    'other.go': 'package main\nfunc other() { country.Flag("blue", "A flag") }\n',
  })
  expect(flags.map(({ name, aliases, type, default: value, help }) => [name, aliases, type, value, help])).toEqual([
    ['--config.file', ['-c'], 'string', 'way.yml', 'Where it is set up.'],
    ['--far', [], 'bool', null, 'Goes far.'],
  ])
})

it('finds versions that one file holds for all projects below it', async () => {
  const { dependencies } = await factsOf({
    'Directory.Packages.props':
      '<Project><ItemGroup><PackageVersion Include="Roads" Version="2.1.0" /><PackageVersion Include="Own" Version="9" /></ItemGroup></Project>\n',
    'src/Way/Way.csproj':
      '<Project Sdk="Microsoft.NET.Sdk"><ItemGroup>\n<PackageReference Include="Roads" />\n<PackageReference Include="Own" Version="1.0" />\n<PackageReference Include="Else" />\n</ItemGroup></Project>\n',
    'Cargo.toml': '[workspace]\nmembers = ["walk"]\n[workspace.dependencies]\nserde = { version = "1.2" }\n',
    'walk/Cargo.toml':
      '[package]\nname = "walk"\n[dependencies]\nserde = { workspace = true }\nold = { package = "way", version = "3" }\n',
  })
  expect(dependencies.map(({ name, range, source }) => `${source.path} ${name} ${range}`)).toEqual([
    'Cargo.toml serde 1.2',
    'src/Way/Way.csproj Roads 2.1.0',
    'src/Way/Way.csproj Own 1.0',
    'src/Way/Way.csproj Else *',
    'walk/Cargo.toml serde 1.2',
    'walk/Cargo.toml way 3',
  ])
})
