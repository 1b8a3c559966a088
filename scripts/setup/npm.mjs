import { existsSync } from 'node:fs'
import { basename, delimiter, join } from 'node:path'
import { root } from './checkout.mjs'

/** How npm is started: with the npm that started this script, else the one on the path. */
export function npmCommand() {
  const script = process.env.npm_execpath
  return script && basename(script) === 'npm-cli.js' ? [nodeOutside(), script] : ['npm']
}

/** The environment without the programs of this checkout on the path: an installation takes them away while it runs. */
export function environmentOutside() {
  return { ...process.env, PATH: foldersOutside().join(delimiter), NODE_ENV: 'development' }
}

function nodeOutside() {
  return (
    foldersOutside()
      .map((folder) => join(folder, 'node'))
      .find((path) => existsSync(path)) ?? process.execPath
  )
}

function foldersOutside() {
  return (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.startsWith(join(root, 'node_modules')))
}
