import { expect, it } from 'vitest'
import { extractFacts } from '#lib/facts/extract-facts.ts'
import { snapshotOfFiles } from '#lib/testing/snapshot-of-files.ts'

async function extract(files: Record<string, string>) {
  const { workspaces, topics } = await extractFacts({
    snapshot: snapshotOfFiles(files),
    name: 'x',
    signal: new AbortController().signal,
    progress: () => {},
  })
  return { workspaces: workspaces.map(({ kind, path, packages }) => `${path} ${kind}: ${packages.join(' ')}`), topics }
}

it('knows which packages npm, pnpm, Cargo, uv, Poetry, Go, Maven and Gradle keep together', async () => {
  const { workspaces } = await extract({
    'package.json': '{"workspaces":["packages/*","!packages/old","apps/**"]}',
    'packages/a/package.json': '{}',
    'packages/old/package.json': '{}',
    'packages/a/deep/package.json': '{}',
    'apps/x/y/package.json': '{}',
    'web/pnpm-workspace.yaml': "packages:\n  - 'core-*'\n",
    'web/core-ui/package.json': '{}',
    'web/other/package.json': '{}',
    'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\nexclude = ["crates/no"]\n',
    'crates/a/Cargo.toml': '[package]\nname = "a"\n',
    'crates/no/Cargo.toml': '[package]\nname = "no"\n',
    'py/pyproject.toml': '[tool.uv.workspace]\nmembers = ["libs/*"]\n',
    'py/libs/a/pyproject.toml': '[project]\nname = "a"\n',
    'poe/pyproject.toml': '[tool.poetry]\nname = "p"\n[tool.poetry.dependencies]\nown = { path = "../py/libs/a" }\n',
    'go.work': 'go 1.24\nuse (\n\t./svc // here\n)\n',
    'svc/go.mod': 'module svc\n',
    'pom.xml': '<project><modules><!-- <module>no</module> --><module>core</module></modules></project>',
    'core/pom.xml': '<project><artifactId>core</artifactId></project>',
    'no/pom.xml': '<project><artifactId>no</artifactId></project>',
    'settings.gradle.kts': 'include(\n  ":lib",\n  ":tool:cli",\n)\n// include(":no")\nincludeBuild("no")\n',
    'lib/build.gradle.kts': '',
    'tool/cli/build.gradle': '',
    'test/fixtures/package.json': '{"workspaces":["x"]}',
    'test/fixtures/x/package.json': '{}',
  })
  expect(workspaces).toEqual([
    'Cargo.toml cargo: crates/a/Cargo.toml',
    'go.work go: svc/go.mod',
    'package.json npm: apps/x/y/package.json packages/a/package.json',
    'poe/pyproject.toml poetry: py/libs/a/pyproject.toml',
    'pom.xml maven: core/pom.xml',
    'py/pyproject.toml uv: py/libs/a/pyproject.toml',
    'settings.gradle.kts gradle: lib/build.gradle.kts tool/cli/build.gradle',
    'web/pnpm-workspace.yaml pnpm: web/core-ui/package.json',
  ])
})

it('takes topics from the keywords nearest to the root', async () => {
  const { topics } = await extract({
    'package.json': '{"keywords":["ways","Homes","ways",3]}',
    'Cargo.toml': '[package]\nname = "x"\nkeywords = ["paths"]\n',
    'a/pyproject.toml': '[project]\nname = "a"\nkeywords = ["no"]\n',
  })
  expect(topics).toEqual(['paths', 'ways', 'Homes'])
  expect((await extract({ 'a/pyproject.toml': '[tool.poetry]\nname = "a"\nkeywords = ["yes"]\n' })).topics).toEqual([
    'yes',
  ])
  expect((await extract({ 'package.json': '{"keywords":"no"}' })).topics).toEqual([])
})
