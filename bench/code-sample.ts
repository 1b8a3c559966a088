import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createTempRepository, type RepositoryFiles, type TempRepository } from '#lib/testing/temp-repository.ts'

/** Shape of a real repository of 93 MB: a third of its bytes is code, in three quarters of its files. */
const CODE = { files: 5_200, bytes: 31_000_000 }
const OTHER = { files: 1_800, bytes: 59_000_000 }

const CODE_NAME = /\.(?:[cm]?[jt]s|[jt]sx|cc?|h|hpp|py|sh)$/
const OTHER_NAME = /\.(?:md|json|css|map|wasm|txt|html)$/
const MAX_CODE_BYTES = 200_000
const MAX_FILES_PER_PACKAGE = 400

interface Found {
  path: string
  bytes: number
}

/**
 * A repository of `share` × 7,000 files and 90 MB, made of the installed packages' own files: real code, and always the
 * same for the same package-lock.json. Packages stay whole, so that their imports lead somewhere.
 */
export async function createCodeSample(share: number): Promise<TempRepository> {
  const root = resolve('node_modules')
  const packages = packageFolders(root).sort((a, b) => compare(digest(a), digest(b)))
  const found = packages.map((folder) => filesBelow(root, folder))
  const code = picked(
    found.flatMap((files) => files.filter(isCode).slice(0, MAX_FILES_PER_PACKAGE)),
    { files: CODE.files * share, bytes: CODE.bytes * share },
  )
  const other = picked(
    found.flat().filter(({ path }) => OTHER_NAME.test(path)),
    { files: OTHER.files * share, bytes: OTHER.bytes * share },
  )
  const files: RepositoryFiles = {}
  for (const { path } of [...code, ...other]) files[`packages/${path}`] = readFileSync(join(root, path))
  const sample = await createTempRepository({ files, name: 'sample' })
  await sample.git('repack', '-a', '-d', '-q')
  return sample
}

/** Takes files in order, larger ones where the average is still too small, until there are as many as wanted. */
function picked(files: Found[], wanted: { files: number; bytes: number }): Found[] {
  const average = wanted.bytes / wanted.files
  const taken: Found[] = []
  const left: Found[] = []
  let bytes = 0
  for (const file of files) {
    if (taken.length >= wanted.files) break
    const isTooSmall = bytes < taken.length * average && file.bytes < average / 4
    if (isTooSmall || bytes + file.bytes > wanted.bytes) left.push(file)
    else {
      taken.push(file)
      bytes += file.bytes
    }
  }
  return [...taken, ...left.slice(0, Math.max(0, Math.round(wanted.files) - taken.length))]
}

function isCode({ path, bytes }: Found): boolean {
  return CODE_NAME.test(path) && bytes > 0 && bytes <= MAX_CODE_BYTES && !/\.min\./.test(path)
}

function packageFolders(root: string): string[] {
  return readdirSync(root)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => (name.startsWith('@') ? readdirSync(join(root, name)).map((below) => `${name}/${below}`) : name))
}

function filesBelow(root: string, folder: string): Found[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((path) => !path.includes('/node_modules/'))
    .sort(compare)
    .map((path) => ({ path, bytes: statSync(join(root, path)).size }))
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
