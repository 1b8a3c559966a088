const NAMES = [
  'package\\.json',
  '[jt]sconfig[^/]*\\.json',
  'pyproject\\.toml',
  'setup\\.(?:cfg|py)',
  'tox\\.ini',
  'noxfile\\.py',
  'requirements[^/]*\\.txt',
  'go\\.mod',
  'Makefile',
  'GNUmakefile',
  'justfile',
  'Taskfile(?:\\.dist)?\\.ya?ml',
  'Rakefile',
  '\\.env\\.(?:example|sample|template|dist)',
  'Cargo\\.toml',
  'pom\\.xml',
  'build\\.gradle(?:\\.kts)?',
  '[^/]+\\.(?:cs|fs|vb)proj',
  '[^/]+\\.gemspec',
  'Gemfile',
  'composer\\.json',
  'mix\\.exs',
  'CMakeLists\\.txt',
  'Package\\.swift',
  '(?:docker-)?compose[^/]*\\.ya?ml',
  '(?:[^/]+\\.)?Dockerfile',
  'Containerfile',
  'Dockerfile\\.[\\w-]+',
  '\\.gitlab-ci\\.yml',
  '[^/]+\\.sql',
  '[^/]+\\.prisma',
  '[^/]*schema\\.json',
  '[^/]+\\.rake',
  '[^/]+[.-](?:example|sample|dist|default)\\.(?:ya?ml|toml|json|ini|conf|cfg)',
  '[^/]+\\.(?:ya?ml|toml|json|ini|conf|cfg)[.-](?:example|sample|dist|default)',
]
const KEPT = new RegExp(
  `(?:^|/)(?:${NAMES.join('|')})$|^(?:LICEN[CS]E|COPYING)[^/]*$|^\\.github/workflows/[^/]+\\.ya?ml$`,
  'i',
)

/** Whether the text of a file is kept: manifests, build files, schemas, licences are read by several readers. */
export function isKeptText(path: string): boolean {
  return KEPT.test(path)
}
