import { execFileSync } from 'node:child_process'
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { holding, README } from './hostile.ts'
import { createRaw } from './raw-repository.ts'

export interface LocalHostile {
  name: string
  path: string
}

/** Folders inside an allowed root that lead to a repository outside of it, whose README is `secret`. */
export function makeLocalHostiles({
  root,
  outside,
  secret,
}: {
  root: string
  outside: string
  secret: string
}): LocalHostile[] {
  const target = join(outside, 'private.git')
  holding(createRaw(target), { 'README.md': `# ${secret}\n` })
  const all: LocalHostile[] = []
  const add = (name: string, make: (path: string) => void) => {
    const path = join(root, `local-${all.length}`)
    make(path)
    all.push({ name, path })
  }
  add('a link to a repository outside the allowed roots', (path) => symlinkSync(target, path))
  add('a .git file that names a repository outside', (path) => {
    mkdirSync(path)
    writeFileSync(join(path, '.git'), `gitdir: ${target}\n`)
  })
  add('a .git that is a link to a repository outside', (path) => {
    mkdirSync(path)
    symlinkSync(target, join(path, '.git'))
  })
  add('a commondir that lies outside', (path) => {
    execFileSync('git', ['init', '--quiet', '--initial-branch=main', '--template=', path])
    writeFileSync(join(path, '.git', 'commondir'), `${target}\n`)
  })
  add('alternates that lie outside', (path) => {
    const own = createRaw(path)
    mkdirSync(join(path, 'objects', 'info'), { recursive: true })
    writeFileSync(join(path, 'objects', 'info', 'alternates'), `${join(target, 'objects')}\n`)
    own.point('main', execFileSync('git', ['-C', target, 'rev-parse', 'main'], { encoding: 'utf8' }).trim())
  })
  add('an object folder that is a link', (path) => {
    const own = createRaw(path)
    renameSync(join(path, 'objects'), join(path, 'objects-before'))
    symlinkSync(join(target, 'objects'), join(path, 'objects'))
    own.point('main', execFileSync('git', ['-C', target, 'rev-parse', 'main'], { encoding: 'utf8' }).trim())
  })
  return all
}

/** A repository whose settings, hooks and monitors run programs when Git is started in it. */
export function makeRunningLocal(root: string, mark: (name: string) => string): LocalHostile {
  const path = join(root, 'local-runs')
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', '--template=', path])
  const own = createRaw(join(root, 'local-runs.git'))
  holding(own, { 'README.md': README })
  execFileSync('git', ['-C', path, 'pull', '--quiet', own.path, 'main'])
  const hook = join(path, '.git', 'hooks')
  mkdirSync(hook, { recursive: true })
  for (const name of ['post-checkout', 'pre-commit', 'reference-transaction', 'fsmonitor-watchman'])
    writeFileSync(join(hook, name), `#!/bin/sh\n${mark(name)}\n`, { mode: 0o755 })
  for (const key of [
    'core.fsmonitor',
    'core.sshCommand',
    'core.pager',
    'core.alternateRefsCommand',
    'uploadpack.packObjectsHook',
  ])
    execFileSync('git', ['-C', path, 'config', key, mark(key)])
  return { name: 'a local repository whose settings run programs', path }
}
