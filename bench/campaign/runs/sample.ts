import type { RepositoryFiles } from '#lib/testing/temp-repository.ts'

const PARTS = ['door', 'lamp', 'wall', 'roof']

/** A repository whose run has some pages and still takes only a moment. */
export const RUN_FILES: RepositoryFiles = {
  'README.md': '# Sample\n\nBuilds houses.\n',
  'package.json': '{"name":"sample","version":"1.0.0"}',
  ...Object.fromEntries(
    PARTS.map((name) => [
      `src/${name}/index.ts`,
      `/** Makes a ${name}. */\nexport function make_${name}(wide: boolean): boolean {\n  return wide\n}\n`,
    ]),
  ),
}
