import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** File contents by path relative to the repository; null removes the file. */
export type RepositoryFiles = Record<string, string | Uint8Array | null>

export interface TempRepositoryOptions {
  files: RepositoryFiles
  /** Name of the first branch; default `main`. */
  branch?: string
  /** Folder name of the repository inside `root`; default `sample`. */
  name?: string
}

export interface TempRepository {
  /** The working tree. */
  path: string
  /** The temporary folder that holds the repository alone: what `serveGit` serves, as `<url>/<name>`. */
  root: string
  name: string
  /** Id of the first commit. */
  commit: string
  /** Commits these changes on the current branch and answers the new commit's id. */
  write(files: RepositoryFiles, message: string): Promise<string>
  /** Runs the system's git in the repository and answers its trimmed output. */
  git(...args: string[]): Promise<string>
  remove(): Promise<void>
}

/**
 * A real Git repository in a temporary folder, made by the system's git. The same files and messages always give the
 * same commit ids: author and dates are fixed, and no configuration or hook of the machine takes part.
 */
export async function createTempRepository({
  files,
  branch = 'main',
  name = 'sample',
}: TempRepositoryOptions): Promise<TempRepository> {
  const root = await mkdtemp(join(tmpdir(), 'docsfy-repository-'))
  const path = join(root, name)
  await mkdir(path)
  let commits = 0

  const git = (...args: string[]) => runGit(path, commits, args)
  async function write(changes: RepositoryFiles, message: string): Promise<string> {
    commits += 1
    await writeFiles(path, changes)
    await git('add', '--all', '--force')
    await git('commit', '--quiet', '--allow-empty', '--no-verify', '--message', message)
    return git('rev-parse', 'HEAD')
  }

  await git('init', '--quiet', '--template=', `--initial-branch=${branch}`)
  const commit = await write(files, 'First commit')
  return { path, root, name, commit, write, git, remove: () => rm(root, { recursive: true, force: true }) }
}

async function runGit(path: string, commits: number, args: string[]): Promise<string> {
  const { stdout } = await run('git', args, { cwd: path, env: gitEnvironment(commits), maxBuffer: 64 * 1024 * 1024 })
  return stdout.trim()
}

/** Nothing of the machine's Git configuration; dates one minute apart per commit. */
function gitEnvironment(commits: number): NodeJS.ProcessEnv {
  const date = new Date(Date.UTC(2026, 0, 2, 3, 4 + commits, 5)).toISOString()
  return {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Ada Example',
    GIT_AUTHOR_EMAIL: 'ada@example.test',
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: 'Ada Example',
    GIT_COMMITTER_EMAIL: 'ada@example.test',
    GIT_COMMITTER_DATE: date,
  } as unknown as NodeJS.ProcessEnv
}

async function writeFiles(path: string, files: RepositoryFiles): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const target = join(path, name)
    if (content === null) await rm(target)
    else {
      await mkdir(dirname(target), { recursive: true })
      await writeFile(target, content)
    }
  }
}
